package import KmemAnalysis

/// A kmemleak report as JUnit XML: each group is a test that failed.
package enum LeaksJUnit {
  /// The whole document.
  package static func document(_ report: LeakReport) -> JUnit {
    let failing = failing(report)
    guard failing.isEmpty else { return JUnit(suite, failing, failures: failing.count) }
    let verdict = JUnit.escaped(LeaksVerdict(report).sentence)
    let isDecided = report.judgement.isDecided
    let result =
      isDecided ? "<system-out>\(verdict)</system-out>" : "<error message=\"\(verdict)\"/>"
    return JUnit(
      suite, AnyCollection([JUnit.testCase("kmemleak", "no unreferenced object", result)]),
      failures: 0, errors: isDecided ? 0 : 1)
  }

  /// The whole document, with the leaks of programs that the same text reports.
  package static func document(_ report: LeakReport, _ programs: ProgramLeakReport) -> JUnit {
    let (kernel, others) = (failing(report), ProgramLeaksJUnit.failing(programs))
    let count = kernel.count + others.count
    return count > 0 ? JUnit(suite, kernel, others, failures: count) : document(report)
  }

  private static let suite = "kmemcheck leaks"

  private static func failing(_ report: LeakReport) -> AnyCollection<String> {
    report.judgement.isFinding ? cases(report) : AnyCollection([])
  }

  /// A failed test for each group.
  static func cases(_ report: LeakReport) -> AnyCollection<String> {
    AnyCollection(report.groups.lazy.map { group($0, in: report) })
  }

  private static func group(_ group: LeakGroup, in report: LeakReport) -> String {
    let words = LeakFormat(group, in: report)
    let lines =
      [words.kind, "\(words.tasks), \(words.age)"]
      + group.frames.flatMap(LeakFormat.frameLines).map { "  \($0)" } + words.notes
    return JUnit.testCase(
      "kmemleak", JUnit.escaped(group.fingerprint),
      "<failure message=\"\(JUnit.escaped("\(words.amount): \(words.place)"))\">"
        + "\(JUnit.escaped(lines.joined(separator: "\n")))</failure>")
  }
}
