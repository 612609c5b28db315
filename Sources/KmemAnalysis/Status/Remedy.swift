/// A way to get what a kernel doesn't tell now, for one kernel and one reader.
package enum Remedy: Hashable, Sendable {
  /// A command that works at once.
  case command(Command)
  /// The same command as another user.
  case privilege(Privilege)
  /// Another command line of the kernel, which takes a reboot.
  case boot(Boot)
  /// Another configuration of the kernel, which takes a build and a reboot.
  case rebuild(Rebuild)

  /// How dear a remedy is, from the cheapest to the dearest; the raw values are for programs.
  package enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
    case command, privilege, boot, rebuild

    package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  }

  /// How dear this remedy is.
  package var kind: Kind {
    switch self {
    case .command: .command
    case .privilege: .privilege
    case .boot: .boot
    case .rebuild: .rebuild
    }
  }
}

extension Remedy {
  /// What the reader can do at once.
  package enum Command: Hashable, Sendable {
    case mountDebugfs
    /// Pass the configuration that the kernel was built with.
    case giveConfiguration
    case scan
    /// Start the thread that scans every 10 minutes.
    case startScanner
    /// Let the kernel print addresses to root.
    case showAddresses
    /// Switch allocation profiling on.
    case switchProfilingOn
    /// Switch allocation profiling on, to compare two snapshots later.
    case countAllocations
    /// Compare two snapshots taken ten minutes apart; a reader who isn't root needs sudo.
    case compareSnapshots(needsSudo: Bool)
    /// Compare two snapshots again, as allocation profiling was switched on between these.
    case compareSinceProfiling
    /// Compare two snapshots again, as only the second has traces of the cache.
    case compareSinceTraces(cache: String)
    /// Read page_owner's list of all pages in two snapshots.
    case sumPages
    /// Trace who allocates it, while it grows.
    case trace(TraceAim)
  }

  /// What `kmemcheck trace` is pointed at.
  package enum TraceAim: Hashable, Sendable {
    case cache(String)
    case pages, percpu
    /// Everything, where what grows is in no one cache.
    case everything
  }

  /// What only root can do, or root of the host.
  package enum Privilege: Hashable, Sendable {
    case askAsRoot
    case captureAsRoot
    case compareAsRoot
    /// Leave the container that takes capabilities even from root.
    case askOnHost
  }

  /// What a reboot with another command line can do.
  package enum Boot: Hashable, Sendable {
    case add(BootParameter)
    /// Replace `kmemleak=off`.
    case removeKmemleakOff
    /// Start a kmemleak anew that is disabled.
    case restartKmemleak
    /// Start a kmemleak anew that was disabled as it had no memory for its own objects.
    case scanBeforeMemoryRunsOut
    /// Replace the value of `debugfs=`; add the parameter where no value was given.
    case allowDebugfs(instead: String?)
    case liftLockdown
    /// Keep this cache apart from those it is merged with; the parameter gives each its own name.
    case separateCaches(BootParameter)
    /// Record who allocates from one cache; `parameter` records it for all.
    case traceCache(String, parameter: BootParameter)
    /// Record who allocates pages.
    case tracePages
  }
}

/// How well founded a finding is.
package enum Certainty: String, Hashable, Sendable {
  /// The kernel says so itself.
  case certain
  /// It follows from what was seen, but something unseen could make it wrong.
  case inferred
  case unknown
}
