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
    case .lossy: "Trace less: \(lessWords)."
    case .undecided: longerWords
    case .nobody: heldWords
    case .rising: nil
    }
  }

  private var lessWords: String {
    let record = report.record
    let sample = "--sample \(min(4096, max(16, min(record.sampling, 1024) * 4)))"
    let isNamed = record.cache != nil || record.size != nil || record.kinds.count == 1
    return isNamed ? sample : "a cache by its name, --pages or --percpu alone, or \(sample)"
  }

  private var longer: Double { max(60, (report.record.seconds * 4).rounded()) }

  private var longerWords: String {
    let command = TraceCommand(report.record)
    switch report.record.command {
    case nil: return "Trace longer: \(command.words(seconds: longer))"
    case []: return "Trace longer: let the command work for \(Amount.duration(longer))."
    case let words?:
      return "Trace longer, the command again and again: "
        + command.words(seconds: longer, repeating: words)
    }
  }

  /// Where to look on, if one process was traced and holds memory by what it has open, mapped or stored.
  private var heldWords: String? {
    guard let pid = report.record.pid,
      let held = report.groups.first(where: {
        $0.judgement == .heldForUserSpace && $0.left >= TraceReport.leastObjects
      })
    else { return nil }
    let words = TraceFormat(held, in: report)
    return "Process \(pid) holds \(words.amount) of \(words.shortCulprit), as programs do by what "
      + "they have open or mapped; what of it grows: sudo kmemcheck watch --pid \(pid)"
  }

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

  /// The command with which this is traced for so many seconds, while another one runs over and over.
  func words(seconds: Double, repeating command: [String] = []) -> String {
    let time = "\(Int(min(seconds, 86400)))"
    var words = target + ["--for", "\(time)s"]
    if !command.isEmpty {
      let loop = "while :; do \(ShellWords.command(command)); done"
      words += ["--", "timeout", time, "sh", "-c", loop]
    }
    return ShellWords.command(words)
  }

  private var target: [String] {
    var words = ["sudo", "kmemcheck", "trace"]
    if let cache = record.cache {
      words.append(cache)
    } else if let size = record.size {
      words += ["--size", "\(size)"]
    } else if record.kinds == [.pages] {
      words.append("--pages")
    } else if record.kinds == [.percpu] {
      words.append("--percpu")
    } else {
      words.append("--all")
    }
    if let pid = record.pid { words += ["--pid", "\(pid)"] }
    if record.engine == .tracefs { words += ["--engine", "tracefs"] }
    return words
  }
}
