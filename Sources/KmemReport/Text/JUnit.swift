/// JUnit's XML, as continuous integration reads it.
enum JUnit {
  /// A document with one suite of tests.
  static func suite(_ name: String, _ cases: [String], failures: Int, errors: Int = 0) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="\(name)" tests="\(cases.count)" failures="\(failures)" errors="\(errors)">
    \(cases.joined())  </testsuite>
    </testsuites>

    """
  }

  /// One test with its result; both must be escaped already.
  static func testCase(_ kind: String, _ name: String, _ result: String) -> String {
    """
        <testcase classname="\(kind)" name="\(name)">
          \(result)
        </testcase>

    """
  }

  /// The text with entities for what XML gives a meaning, and escapes for what it forbids or what is
  /// hostile.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "\n"
      // XML knows no form of these two.
      case "\u{FFFE}", "\u{FFFF}": result += "?"
      default: result += TerminalText.safe(String(scalar))
      }
    }
  }
}
