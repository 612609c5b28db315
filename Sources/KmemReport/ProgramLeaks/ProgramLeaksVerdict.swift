import KmemAnalysis
import KmemParsers

/// The last line of a report on programs' leaks.
struct ProgramLeaksVerdict {
  private let report: ProgramLeakReport

  init(_ report: ProgramLeakReport) { self.report = report }

  var sentence: String {
    let word = report.judgement.rawValue
    switch report.judgement {
    case .leaks, .nothingNew: return "Verdict: \(leaks)\(comparison)\(rest)"
    case .none: return "Verdict: \(word): \(sums(leaks: false) ?? clean)\(rest)"
    case .undecided:
      let reasons = doubts.joined(separator: "; ")
      return "Verdict: \(word): \(reasons). This doesn't mean that nothing leaks"
    }
  }

  private var clean: String {
    report.suppressions.contains { $0.objects > 0 }
      ? "all that the report lists is suppressed" : "nothing was left to leak, says the tool"
  }

  /// `2 groups leak: 300 bytes in 3 blocks definitely lost`.
  var leaks: String {
    let groups = report.leaks.count(where: \.isListed)
    let words =
      groups == 0
      ? "leaks of which the text has no record"
      : groups == 1 ? "1 group leaks" : "\(Amount.count(Int64(groups))) groups leak"
    return "\(words): \(sums(leaks: true) ?? "")"
  }

  private var rest: String {
    guard report.judgement != .none else { return "" }
    return sums(leaks: false).map { "; no leak: \($0)" } ?? ""
  }

  private var comparison: String {
    report.comparison.map {
      "; \(Amount.count($0.new)) new, \(Amount.count($0.still)) still there, "
        + "\(Amount.count($0.gone)) gone"
    } ?? ""
  }

  /// What was found of the kinds that are leaks, or of the others.
  private func sums(leaks: Bool) -> String? {
    let tool = report.processes.first?.tool ?? .valgrind
    let parts = report.totals.filter { $0.kind.isLeak == leaks }.map {
      "\(tool.amount($0.amount)) \($0.kind.words)"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Why the text doesn't answer.
  var doubts: [String] {
    var doubts: [String] = []
    if report.processes.allSatisfy({ !$0.isAnswered && !$0.isCutInRecords }) {
      doubts.append("no leak report in it")
    }
    if report.otherTools.isEmpty { doubts += report.unanswered.prefix(3).map(Self.words) }
    if report.unanswered.count > 3 {
      doubts.append("\(report.unanswered.count - 3) processes more have none either")
    }
    doubts += report.otherTools.map { "it is of \($0), which reports no leaks" }
    doubts += report.failures.prefix(3)
    if let errors { doubts.append("it holds \(errors)") }
    doubts += report.remarks.prefix(3).map { "line \($0.line): \($0.reason)" }
    return doubts
  }

  /// The errors that are no leaks: `AddressSanitizer: heap-use-after-free (2×)`.
  var errors: String? {
    guard !report.errors.isEmpty else { return nil }
    let shown = report.errors.prefix(3).map { $0.count > 1 ? "\($0.text) (\($0.count)×)" : $0.text }
    let rest = report.errors.count > 3 ? " and \(report.errors.count - 3) more" : ""
    return shown.joined(separator: ", ") + rest
  }

  private static func words(_ process: ProgramLeakProcess) -> String {
    let name = process.process.map { "process \($0)" } ?? "a process"
    if let use = process.inUse, !process.isCutInRecords {
      return "\(name) had \(process.tool.amount(use)) in use at exit, and which of them are lost "
        + "wasn't looked for: valgrind --leak-check=full tells"
    }
    guard !process.isCutInRecords else {
      return "the report of \(name) ends before it says whether memory is lost"
    }
    return "the report of \(name) ends before its leak records"
  }

  /// Processes whose memory Valgrind hasn't seen at all.
  private var blind: [String] {
    let blind = report.processes.filter { $0.allocations == 0 }
    guard let first = blind.first else { return [] }
    let name = first.process.map { "process \($0)" } ?? "a process"
    let rest = blind.count > 1 ? " and \(blind.count - 1) more" : ""
    return [
      "Valgrind saw no allocation of \(name)\(rest): it sees none of a program that is linked "
        + "statically"
    ]
  }

  /// What is worth saying beside the groups.
  var remarks: [String] {
    var remarks: [String] = []
    if report.judgement != .undecided {
      if let errors { remarks.append("there are also errors that are no leaks: \(errors)") }
      remarks += report.unanswered.prefix(3).map(Self.words)
      remarks += report.remarks.prefix(3).map { "line \($0.line): \($0.reason)" }
      remarks += report.failures.prefix(3)
    }
    if let twice = report.countedTwice {
      remarks.append(
        "\(ProgramLeakTool.memleak.amount(twice)) may be counted twice: in slab caches, and as the "
          + "pages that these took")
    }
    remarks += blind
    for process in report.processes where process.listsMore {
      let name = process.process.map { "process \($0)" } ?? "a process"
      remarks.append("the records of \(name) come to more than \(process.tool.name)'s own sum")
    }
    return remarks
  }
}
