import KmemAnalysis
import KmemParsers

/// The last line of a trace.
struct TraceVerdict {
  private let report: TraceReport

  init(_ report: TraceReport) { self.report = report }

  var sentence: String { "Verdict: \(words)" }

  /// What to do next, where something is to be done.
  var next: String? {
    switch report.conclusion {
    case .lossy: "Trace less: a cache by its name, --pages or --percpu alone, or --sample 16."
    case .undecided:
      "Trace longer: \(TraceCommand(report.record).words(seconds: max(60, longer)))"
    case .rising, .nobody: nil
    }
  }

  private var longer: Double { (report.record.seconds * 4).rounded() }

  private var words: String {
    switch report.conclusion {
    case .rising: rising
    case .nobody: "nobody's memory surely rises, of those that keep \(floor) or more"
    case .lossy:
      "undecided: \(Amount.percent(report.lostPercent / 100)) of the events were lost, more than 1 %"
    case .undecided: undecided
    }
  }

  private var floor: String { "\(TraceReport.leastObjects) objects" }

  private var rising: String {
    let rising = report.rising
    guard let first = rising.first else { return "" }
    let words = TraceFormat(first, in: report)
    let others = rising.count > 1 ? ", and of \(rising.count - 1) more" : ""
    return "the memory of \(words.shortCulprit) surely rises\(others). "
      + "Whether it's lost, or kept on purpose, the code tells"
  }

  private var undecided: String {
    if report.record.windows.count < 6 { return "undecided: the trace was too short" }
    guard let first = report.groups.first(where: \.judgement.isDoubt) else { return "undecided" }
    return "undecided: \(TraceFormat(first, in: report).shortCulprit) \(first.judgement.words)"
  }
}

/// A trace as the user asked for it, to be asked for again.
package struct TraceCommand {
  private let record: TraceRecord

  init(_ record: TraceRecord) { self.record = record }

  func words(seconds: Double) -> String {
    var words = ["sudo", "kmemcheck", "trace"]
    if let cache = record.cache {
      words.append(cache)
    } else if let size = record.size {
      words += ["--size", "\(size)"]
    } else if record.kinds == [.pages] {
      words.append("--pages")
    } else if record.kinds == [.percpu] {
      words.append("--percpu")
    }
    if let pid = record.pid { words += ["--pid", "\(pid)"] }
    words += ["--for", "\(Int(min(seconds, 86400)))s"]
    return ShellWords.command(words)
  }
}
