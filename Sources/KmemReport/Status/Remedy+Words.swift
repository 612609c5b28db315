package import KmemAnalysis

extension Remedy {
  /// The remedy as one sentence: what to do, where, what to type, what it costs.
  package var sentence: String {
    var sentence = text
    if let menu { sentence += " (menuconfig: \(menu.text))" }
    if let command { sentence += ": \(command)" }
    if let cost { sentence += ". Cost: \(cost)" }
    return sentence + "."
  }

  /// What to do, as a sentence without its full stop.
  var text: String {
    switch self {
    case .command(let command): command.text
    case .privilege(let privilege): privilege.text
    case .boot(let boot): boot.text
    case .rebuild(let rebuild): rebuild.text
    }
  }

  /// What the remedy costs, in words; nil where it costs nothing worth a word.
  var cost: String? {
    switch self {
    case .command(let command): command.cost
    case .privilege: nil
    case .boot(let boot): boot.cost
    case .rebuild(let rebuild): rebuild.cost
    }
  }
}

extension MenuPath {
  /// The path in one line: `Kernel hacking → Memory Debugging → Kernel memory leak detector`.
  var text: String { (menus + [prompt]).joined(separator: " → ") }
}

extension Remedy.Command {
  fileprivate var text: String {
    switch self {
    case .mountDebugfs: "Mount debugfs"
    case .giveConfiguration: "Give the configuration this kernel was built with"
    case .scan: "Let it scan, twice and some seconds apart as it needs"
    case .startScanner: "Start the scanner"
    case .showAddresses: "Let the kernel show addresses to root"
    case .switchProfilingOn: "Switch profiling on; it counts what is allocated from then on"
    case .countAllocations:
      "Count allocations by line of source from now on, then compare anew"
    case .compareSnapshots: "Compare two moments, which needs no kmemleak"
    case .compareSinceProfiling:
      "Allocation profiling counts since then: compare two snapshots taken from now on"
    case .compareSinceTraces(let cache):
      "Take two snapshots: the first had no traces of \(cache)"
    case .trace: "Trace for a minute who keeps what is allocated, while it grows"
    case .sumPages: "Sum the list of all pages, once now and once later"
    }
  }

  fileprivate var cost: String? {
    switch self {
    case .mountDebugfs, .giveConfiguration, .compareSnapshots, .compareSinceTraces: nil
    case .scan: "seconds of one processor for each scan"
    case .startScanner: "seconds of one processor every 10 minutes"
    case .showAddresses: "a process that is root learns where the kernel lies in memory"
    case .switchProfilingOn: "little time"
    case .countAllocations: "up to a tenth of allocations' time"
    case .compareSinceProfiling: "none"
    case .sumPages: "seconds, and one walk over all pages"
    case .trace: "at most 1 % of the processors for that minute"
    }
  }
}

extension Remedy.Privilege {
  fileprivate var text: String {
    switch self {
    case .askAsRoot: "Ask again as root"
    case .captureAsRoot: "Capture again as root"
    case .compareAsRoot: "Take both snapshots as root: /proc/allocinfo names the lines"
    case .askOnHost: "Ask on the host itself, outside the container"
    }
  }
}
