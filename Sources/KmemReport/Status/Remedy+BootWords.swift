import KmemAnalysis

extension Remedy.Boot {
  /// What the reboot changes, as a sentence without its full stop; the parameter follows it.
  var text: String {
    switch self {
    case .add: "Add a parameter to the kernel's command line and reboot"
    case .removeKmemleakOff: "Replace kmemleak=off on the kernel's command line and reboot, with"
    case .restartKmemleak:
      "Reboot, as a disabled kmemleak can't be switched on again; make sure of it with"
    case .scanBeforeMemoryRunsOut: "Reboot and scan before memory runs out, with"
    case .allowDebugfs(instead: let value?):
      "Replace debugfs=\(value) on the kernel's command line and reboot, with"
    case .allowDebugfs(instead: nil):
      "Add a parameter to the kernel's command line and reboot, as debugfs is off by default"
    case .liftLockdown:
      "Take lockdown= off the kernel's command line; where Secure Boot set it, switch that off in "
        + "the firmware or with"
    case .separateCaches: "Boot so that each of the merged caches counts for itself"
    case .traceCache: "Boot so that the kernel notes who allocates from it"
    case .tracePages: "Boot so that the kernel notes who allocates pages"
    }
  }

  /// What the remedy costs, in words.
  var cost: String {
    switch self {
    case .add(let parameter): "a reboot, then \(parameter.cost)"
    case .removeKmemleakOff: "a reboot, then \(BootParameter.kmemleak.cost)"
    case .restartKmemleak, .scanBeforeMemoryRunsOut:
      "a reboot, and the leaks of this boot are out of reach"
    case .allowDebugfs: "a reboot"
    case .liftLockdown: "a reboot without the protection that lockdown gives"
    case .separateCaches(let parameter): parameter.cost
    case .traceCache: "a stack and two words for each object of that cache"
    case .tracePages: BootParameter.pageOwner.cost
    }
  }
}

extension BootParameter {
  /// What the kernel pays for the parameter, in words.
  var cost: String {
    switch self {
    case .kmemleak: Remedy.Option.kmemleak.cost
    case .pageOwner: "about 1 % of memory, and slower page allocation"
    case .pressure: Remedy.Option.pressure.cost
    case .memoryProfiling: Remedy.Option.allocationProfiling.cost
    case .slabTraces:
      "two more words and a stack for each object, and slower allocation; a list of caches after it "
        + "keeps that small (\(text),kmalloc-64)"
    case .noMerge: "a few MiB, as caches no longer share pages"
    }
  }
}
