package import KmemAnalysis

/// A trace as JUnit XML: each function whose memory surely rises is a test that failed.
package enum TraceJUnit {
  /// The whole document.
  package static func document(_ report: TraceReport) -> JUnit {
    let verdict = JUnit.escaped(TraceVerdict(report).sentence)
    switch report.conclusion {
    case .rising:
      let cases = report.rising.map { failure($0, in: report) }
      return JUnit("kmemcheck trace", AnyCollection(cases), failures: cases.count)
    case .nobody:
      let passed = JUnit.testCase(
        "trace", "nobody's memory rises", "<system-out>\(verdict)</system-out>")
      return JUnit("kmemcheck trace", AnyCollection([passed]), failures: 0)
    case .lossy, .undecided:
      let error = JUnit.testCase(
        "trace", "nobody's memory rises", "<error message=\"\(verdict)\"/>")
      return JUnit("kmemcheck trace", AnyCollection([error]), failures: 0, errors: 1)
    }
  }

  private static func failure(_ group: TraceGroup, in report: TraceReport) -> String {
    let words = TraceFormat(group, in: report)
    let lines =
      [words.rate, words.balance, words.books].compactMap(\.self) + group.frames.map(\.name)
    return JUnit.testCase(
      "trace", JUnit.escaped("\(words.shortCulprit): \(words.subject)"),
      "<failure message=\"\(JUnit.escaped("\(words.amount): \(words.place)"))\">"
        + "\(JUnit.escaped(lines.joined(separator: "\n")))</failure>")
  }
}
