/// What the user can do next about what was watched.
package enum WatchNextStep: Hashable, Sendable {
  /// Look closer at the series that is named, of a program of which that is known.
  case lookCloser(SeriesID, isHeld: Bool, ProgramFacts?)
  /// Take the remedy that would tell the owner on this kernel.
  case findOwner(Remedy)
  /// kmemleak can't help with pages that are taken from the page allocator itself.
  case noKmemleak
  /// kmemleak can find the lost objects on this kernel.
  case scan
  /// kmemleak can't be used: what this kernel can be asked instead.
  case consult(KernelStatus)
  /// Try a command alone with `kmemcheck check`.
  case check
  /// Watch for longer, otherwise as before.
  case watchLonger(WatchCommand)
  /// Watch all memory, where only some processes were asked about.
  case watchAll(WatchCommand)
  /// Record all the time, otherwise as before.
  case record(WatchCommand)
}

/// A watch as the user asked for it, to be asked for again.
package struct WatchCommand: Hashable, Sendable {
  /// Seconds to watch for in all.
  package var seconds: Double
  /// Seconds between samples; nil where the user didn't say.
  package var interval: Double?
  /// The only processes that are watched; all where it's empty.
  package var pids: [Int]
  /// The history's file; nil where the user didn't name one.
  package var history: String?
  /// Whether earlier samples are left out.
  package var isFresh: Bool

  /// A watch of so many seconds, with the options of the one before.
  package init(
    seconds: Double, interval: Double? = nil, pids: [Int] = [], history: String? = nil,
    isFresh: Bool = false
  ) {
    self.seconds = seconds
    self.interval = interval
    self.pids = pids
    self.history = history
    self.isFresh = isFresh
  }
}

extension WatchReport {
  /// The steps for memory of the kernel's own, on a kernel of that status.
  package func kernelSteps(_ status: KernelStatus) -> [WatchNextStep] {
    let owner = ownerStep.map(WatchNextStep.findOwner)
    let kmemleak: WatchNextStep =
      isOfLoosePages ? .noKmemleak : status.kmemleak.state.isUsable ? .scan : .consult(status)
    return [owner, kmemleak, .check].compactMap(\.self)
  }
}
