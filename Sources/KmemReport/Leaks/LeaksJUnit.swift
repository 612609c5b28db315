package import KmemAnalysis

/// A kmemleak report as JUnit XML: each group is a test that failed.
package enum LeaksJUnit {
  /// The whole document.
  package static func document(_ report: LeakReport) -> String {
    let cases = report.groups.map { group($0, in: report) }
    let verdict = LeaksVerdict(report).sentence
    let body =
      cases.isEmpty
      ? "    <testcase classname=\"kmemleak\" name=\"no unreferenced object is listed\">\n"
        + "      <system-out>\(escaped(verdict))</system-out>\n    </testcase>\n"
      : cases.joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="kmemcheck leaks" tests="\(max(1, cases.count))" failures="\(cases.count)">
      \(body)  </testsuite>
      </testsuites>

      """
  }

  private static func group(_ group: LeakGroup, in report: LeakReport) -> String {
    let words = LeakWords(group, in: report)
    let lines =
      [words.kind, "\(words.tasks), \(words.age)"]
      + group.frames.flatMap(LeakWords.frameLines).map { "  \($0)" } + words.notes
    return """
          <testcase classname="kmemleak" name="\(escaped(group.fingerprint))">
            <failure message="\(escaped("\(words.amount): \(words.place)"))">\
      \(escaped(lines.joined(separator: "\n")))</failure>
          </testcase>

      """
  }

  /// The text without what XML gives a meaning or forbids.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "\n"
      default: result += isAllowed(scalar) ? String(scalar) : "?"
      }
    }
  }

  private static func isAllowed(_ scalar: UnicodeScalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFFFE
      && scalar.value != 0xFFFF
  }
}
