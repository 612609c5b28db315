package import KmemAnalysis

/// A check as JUnit XML: the verdict is a test, and each group of lost objects is one that failed.
package enum CheckJUnit {
  /// The XML document of one check; a check that decides nothing counts as an error.
  package static func document(_ report: CheckReport) -> String {
    let groups = report.leaks.map(LeaksJUnit.cases) ?? []
    return JUnit.suite(
      "kmemcheck check", [verdict(report)] + groups,
      failures: groups.count + (report.judgement.isFinding ? 1 : 0),
      errors: report.judgement.isDecided ? 0 : 1)
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
