package import KmemAnalysis

/// A check as JUnit XML: the verdict is a test, and each group of lost objects is one that failed.
package enum CheckJUnit {
  /// The XML document of one check; a check that decides nothing counts as an error.
  package static func document(_ report: CheckReport) -> JUnit {
    let groups = report.leaks.map(LeaksJUnit.cases) ?? AnyCollection([])
    var others = AnyCollection<String>([])
    var failures = groups.count + (report.judgement.isFinding ? 1 : 0)
    var errors = report.judgement.isDecided ? 0 : 1
    if let programs = report.programs {
      let failing = ProgramLeaksJUnit.failing(programs.report)
      others = failing.isEmpty ? AnyCollection([summary(programs, report.command)]) : failing
      failures += failing.count
      errors += programs.judgement == .undecided ? 1 : 0
    }
    return JUnit(
      "kmemcheck check", AnyCollection([verdict(report)]), groups, others, failures: failures,
      errors: errors)
  }

  /// The test that stands for programs of which no group leaks.
  private static func summary(_ check: ProgramCheck, _ command: [String]) -> String {
    let words = JUnit.escaped(ProgramCheckWords(check, command: command).short)
    return JUnit.testCase(
      check.tool.name, "user space",
      check.judgement == .undecided
        ? "<error message=\"\(words)\"/>" : "<system-out>\(words)</system-out>")
  }

  private static func verdict(_ report: CheckReport) -> String {
    let name = JUnit.escaped(report.command.joined(separator: " "))
    let words = JUnit.escaped(CheckSentences(report).verdict)
    let result =
      report.judgement.isFinding
      ? "<failure message=\"\(words)\"/>"
      : report.judgement.isDecided
        ? "<system-out>\(words)</system-out>" : "<error message=\"\(words)\"/>"
    return JUnit.testCase("check", name, result)
  }
}
