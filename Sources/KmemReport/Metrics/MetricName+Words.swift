import KmemAnalysis

extension MetricName {
  /// What the family is, as Prometheus shows it.
  var help: String {
    switch self {
    case .buildInfo: "The version of kmemcheck."
    case .hostInfo: "Which kernel and which boot the values are of."
    case .modulesInfo: "The loaded modules, sorted, with blanks between them."
    case .lastRun: "When these values were made, in seconds since 1970."
    case .bootTime: "When the machine was booted, in seconds since 1970."
    case .memory: "Memory by class; the classes do not overlap and add up to MemTotal."
    case .side:
      "Memory by whose it is, as it is judged: caches that are held for programs count as such."
    case .available: "What programs can have without swapping."
    case .inUse: "What programs can not have any more, with what is in swap."
    case .availableSeconds:
      "How long the available memory lasts at the judged growth; +Inf where it does not end."
    case .verdict: "The verdict on the samples so far: 1 for the one that holds."
    case .growing: "Whether growth of the amount is judged to be sure: 1, else 0."
    case .growth: "Growth as it is judged, a robust slope; 0 for what has stopped to grow."
    case .growthLow: "The lower end of the 95 % confidence interval of the growth."
    case .growthHigh: "The upper end of the 95 % confidence interval of the growth."
    case .thingsGrowth: "Growth of counts: open files, threads, processes."
    case .slabCache: "Objects in use of the largest slab caches, and of those that grow."
    case .vmallocCaller: "What the largest callers of vmalloc hold, and those that grow."
    case .allocationSite: "What the largest lines of source hold (allocinfo), and those that grow."
    case .owner: "What the owner of the judged growth gained, and what tells that it is the owner."
    case .pod: "Kernel memory of a container: slab, sockets, percpu, stacks, page tables."
    case .kmemleakState: "The state in which kmemleak was found."
    case .kmemleakEnabled: "Whether kmemleak can be asked to scan."
    case .kmemleakObjects:
      "Unreferenced objects that kmemleak reports; read every 10 minutes at most."
    case .kmemleakBytes: "Bytes of the unreferenced objects; read every 10 minutes at most."
    case .source: "Whether a file of the kernel could be read, and understood."
    case .watchedSeconds: "The time that the verdict rests on."
    case .watchedSamples: "The samples that the verdict rests on."
    case .watchedSeries: "The amounts that were judged."
    case .ownProcessor: "Processor time that kmemcheck has used."
    case .ownMemory: "Anonymous memory of kmemcheck itself."
    }
  }

  /// The family's type in the text format.
  var type: String { self == .ownProcessor ? "counter" : "gauge" }
}
