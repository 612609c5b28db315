/// What an amount of memory, or a count, is of: the same value wherever it is measured, compared,
/// judged, recorded and named.
package enum SeriesID: Hashable, Sendable {
  /// All memory that programs can't have any more.
  case system
  case side(MemorySide)
  case memoryClass(MemoryClass)
  /// A slab cache, by its name.
  case slabCache(String)
  case vmallocCaller(VmallocCaller)
  /// A line of source that allocates.
  case allocationSite(AllocationSite)
  /// All that a module allocated, as far as lines of source or callers of vmalloc tell it.
  case module(String)
  case count(KernelCount)
  /// A control group, by its path below the root.
  case cgroup(String)
  case process(ProcessName, ProcessFacet)
  /// All processes of one command together: those that come and go too.
  case command(String)
  /// How many processes of one command there are.
  case commandProcesses(String)
}

/// A process as a person knows it, and what tells it from others of the same pid.
package struct ProcessName: Hashable, Sendable {
  /// The process id.
  package let pid: Int
  /// The command's name, at most 15 bytes.
  package let comm: String
  /// Ticks since boot.
  package let startTime: UInt64

  /// The process of that pid which began so many ticks after boot.
  package init(pid: Int, comm: String, startTime: UInt64) {
    self.pid = pid
    self.comm = comm
    self.startTime = startTime
  }
}

/// What of a process is measured.
package enum ProcessFacet: String, CaseIterable, Hashable, Sendable {
  /// Its own anonymous memory in RAM, in swap and in huge pages; bytes.
  case memory
  /// Its part of shared memory, which others may have too; bytes.
  case shared
  /// Its open files.
  case files
  /// Its threads.
  case threads
  /// The children that it has and that haven't ended.
  case children
  /// The children that ended, and for which it hasn't waited.
  case zombies
  /// Its address space, VSS, of which the most may never be memory; bytes.
  case space
}

extension ProcessFacet {
  /// What its amounts count.
  var unit: TrendUnit {
    switch self {
    case .memory, .shared: .bytes
    case .space: .addressSpace
    case .files: .count(.openFiles)
    case .threads: .count(.threads)
    case .children: .count(.processes)
    case .zombies: .count(.zombies)
    }
  }

  /// Whose the amounts are: programs' own, or held by the kernel for them.
  var side: MemorySide {
    switch self {
    case .memory, .space: .userSpace
    case .shared, .files, .threads, .children, .zombies: .heldForUserSpace
    }
  }

  /// The kind of its series.
  var kind: SeriesID.Kind {
    switch self {
    case .memory: .process
    case .shared: .processShared
    case .files: .processFiles
    case .threads: .processThreads
    case .children: .processChildren
    case .zombies: .processZombies
    case .space: .processSpace
    }
  }
}

extension SeriesID {
  /// The unit of its amounts.
  package var unit: TrendUnit {
    switch self {
    case .count(let things): .count(things)
    case .process(_, let facet): facet.unit
    case .commandProcesses: .count(.processes)
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .allocationSite, .module,
      .cgroup, .command:
      .bytes
    }
  }

  /// Whose it is; nothing for the whole system, and for a slab cache what its name tells.
  ///
  /// A cache's side also depends on whether the kernel counts it as reclaimable.
  package func side(isReclaimable: Bool? = nil) -> MemorySide? {
    switch self {
    case .system: nil
    case .side(let side): side
    case .memoryClass(let memoryClass): memoryClass.side
    case .slabCache(let name): MemorySide(ofCache: name, isReclaimable: isReclaimable)
    case .vmallocCaller(let caller): caller.side
    case .allocationSite(let tag): tag.side
    case .module: .kernel
    case .count(let things): things.side
    case .cgroup, .command: .userSpace
    case .commandProcesses: .heldForUserSpace
    case .process(_, let facet): facet.side
    }
  }

  /// Whose it is, by what the kernel says of slab caches, by their names.
  func side(reclaimable: [String: Bool]) -> MemorySide? {
    guard case .slabCache(let name) = self else { return side() }
    return side(isReclaimable: reclaimable[name])
  }

  /// Which measurement of a moment lists it: an amount that isn't listed where others of its kind
  /// are is nothing, or gone.
  package var kind: Kind {
    switch self {
    case .system: .system
    case .side: .side
    case .memoryClass: .memoryClass
    case .slabCache: .slabCache
    case .vmallocCaller: .vmallocCaller
    case .allocationSite: .allocationSite
    case .module: .module
    case .count: .count
    case .cgroup: .cgroup
    case .process(_, let facet): facet.kind
    case .command: .command
    case .commandProcesses: .commandProcesses
    }
  }

  /// The kinds there are; the raw values stand in JSON and in histories.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case system, side
    case memoryClass = "class"
    case slabCache = "cache"
    case vmallocCaller = "vmalloc caller"
    case allocationSite = "line"
    case module, count, cgroup, process
    case processShared = "process, shared memory"
    case processFiles = "process, open files"
    case processThreads = "process, threads"
    case processChildren = "process, children"
    case processZombies = "process, zombies"
    case processSpace = "process, address space"
    case command
    case commandProcesses = "command, processes"
  }

  /// Whether it holds nothing when it isn't listed and others of its kind are.
  var isNothingWhenAbsent: Bool {
    switch kind {
    case .allocationSite, .slabCache, .vmallocCaller, .module: true
    case .system, .side, .memoryClass, .count, .cgroup, .command, .commandProcesses, .process,
      .processShared, .processFiles, .processThreads, .processChildren, .processZombies,
      .processSpace:
      false
    }
  }

  /// The process whose amount it is.
  package var process: ProcessName? {
    guard case .process(let process, _) = self else { return nil }
    return process
  }

  /// Whether it is read with the processes, at their interval.
  package var isOfProcesses: Bool {
    switch self {
    case .process, .command, .commandProcesses, .cgroup: true
    case .count(let things): things.isOfProcesses
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .allocationSite, .module: false
    }
  }
}
