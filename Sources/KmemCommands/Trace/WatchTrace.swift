import KmemAnalysis
import KmemReport

/// The trace with which `watch --trace` goes on by itself, where memory of the kernel's own surely grows.
struct WatchTrace {
  let options: CommonOptions

  /// Traces what the watch found to grow; nil where nothing of the kernel's own does, or the user asked the
  /// watch to end.
  ///
  /// The watch's verdict stands without a trace too: why there is none is a remark.
  func report(after watch: WatchReport) -> TraceReport? {
    guard let aim = watch.traceAim, !watch.facts.isInterrupted else { return nil }
    let wish = TraceWish(
      what: TraceWish.Scope(aim), seconds: 60, sampling: .auto, pid: nil, budget: 0.01,
      isForced: false, command: [])
    do throws(Failure) {
      let record = try TraceSession(wish: wish, options: options).record()
      return TraceLines.resolve(TraceReport(record))
    } catch {
      options.remark("kmemcheck: \(TraceRemark.left(reason: error.message).sentence)")
      return nil
    }
  }
}
