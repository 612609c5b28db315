package import KmemAnalysis

/// A report on programs' leaks as JUnit XML: each group that leaks is a test that failed.
package enum ProgramLeaksJUnit {
  /// The whole document.
  package static func document(_ report: ProgramLeakReport) -> JUnit {
    let failing = failing(report)
    guard failing.isEmpty else {
      return JUnit("kmemcheck leaks", failing, failures: failing.count)
    }
    let verdict = JUnit.escaped(ProgramLeaksVerdict(report).sentence)
    let isDecided = report.judgement != .undecided
    let result =
      isDecided ? "<system-out>\(verdict)</system-out>" : "<error message=\"\(verdict)\"/>"
    return JUnit(
      "kmemcheck leaks", AnyCollection([JUnit.testCase("programs", "no leak", result)]),
      failures: 0, errors: isDecided ? 0 : 1)
  }

  /// A failed test for each group that leaks.
  static func failing(_ report: ProgramLeakReport) -> AnyCollection<String> {
    AnyCollection(report.judgement == .leaks ? report.leaks.map(testCase) : [])
  }

  private static func testCase(_ group: ProgramLeakGroup) -> String {
    let words = ProgramLeakFormat(group)
    let lines = words.facts + group.frames.map { "  \(ProgramLeakFormat.frameLine($0))" }
    return JUnit.testCase(
      group.tool.name, JUnit.escaped("\(group.fingerprint) (\(group.kind.words))"),
      "<failure message=\"\(JUnit.escaped("\(words.amount): \(words.culprit)"))\">"
        + "\(JUnit.escaped(lines.joined(separator: "\n")))</failure>")
  }
}
