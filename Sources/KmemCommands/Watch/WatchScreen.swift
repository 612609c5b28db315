import KmemAnalysis
import KmemReport

/// Shows the state while sampling: one screen on a terminal, a line now and then elsewhere.
final class WatchScreen {
  private let options: CommonOptions
  let isDrawn: Bool
  /// Seconds that the last judgement took.
  var cost = 0.0
  private var nextLine = 0.0

  init(options: CommonOptions) {
    self.options = options
    isDrawn = Output.isTerminal && !options.json && !options.quiet
  }

  /// Whether judging at every sample takes less than a fiftieth of the time.
  func isWorthDrawing(every interval: Double) -> Bool { isDrawn && cost * 50 < interval }

  /// Draws the state over the one before.
  func draw(_ report: WatchReport) throws(Failure) {
    // The lines outside the tables are some twenty.
    let limit = max(2, (Output.height - 20) / 2)
    let text = WatchText(report, style: options.style, limit: limit, isLive: true).text
    try Output.redraw(text)
  }

  /// Removes the screen, so that the answer stands alone.
  func clear() throws(Failure) {
    if isDrawn { try Output.clear() }
  }

  /// Writes a line, after a pause half as long again as the one before.
  func line(_ report: WatchReport) throws(Failure) {
    guard !options.json, !options.quiet, report.seconds >= nextLine else { return }
    nextLine = report.seconds * 1.4
    try Output.answer(WatchLine.text(report) + "\n")
  }
}
