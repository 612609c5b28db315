import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// The file that node_exporter's textfile collector reads, written anew every minute by a recorder.
final class MetricsFile: SampleListener {
  /// Seconds between two writings: Prometheus seldom asks more often.
  private static let pause = 60.0

  private let path: String
  private let options: CommonOptions
  private var live = LiveMetrics()
  private var next = 0.0
  private var hasFailed = false

  /// - Throws: `Failure` if the file can't be written there; a recorder that can't serve should say so at
  ///   once.
  init(_ path: String, options: CommonOptions) throws(Failure) {
    self.path = path
    self.options = options
    guard path.hasSuffix(".prom") else {
      throw Failure(status: .usage, OutputRefusal.notPrometheus(path: path))
    }
  }

  /// Writes the file if it is time to; a failure is told once, and sampling goes on.
  func hear(
    _ model: MemoryModel, _ sample: MemorySample, first: Capture, report: () -> WatchReport
  ) {
    guard BootClock.now >= next else { return }
    next = BootClock.now + Self.pause - 1
    do {
      let metrics = live.all(model, sample, report: report(), first: first)
      try PublishedText.write(MetricsText.text(metrics), as: path)
      hasFailed = false
    } catch {
      if !hasFailed { options.remark("kmemcheck: \(Failure(error).message)") }
      hasFailed = true
    }
  }
}
