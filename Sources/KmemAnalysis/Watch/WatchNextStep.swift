/// What the user can do next about what was watched.
package enum WatchNextStep: Hashable, Sendable {
  /// Look closer at the series that is named.
  case lookCloser(SeriesID, isHeld: Bool)
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
  /// Watch for this many seconds in all.
  case watchLonger(Double)
  case record
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
