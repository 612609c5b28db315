/// JUnit's XML, as continuous integration reads it: one suite of tests, each made when it's written.
package struct JUnit {
  private let name: String
  private let cases: [AnyCollection<String>]
  private let failures: Int
  private let errors: Int

  /// A document of these tests, which come in parts.
  init(_ name: String, _ cases: AnyCollection<String>..., failures: Int, errors: Int = 0) {
    self.name = name
    self.cases = cases
    self.failures = failures
    self.errors = errors
  }

  /// Writes the document to the sink, in pieces of some 64 KiB.
  ///
  /// - Throws: what the sink throws.
  package func write(to sink: ([UInt8]) throws -> Void) rethrows {
    let count = cases.reduce(0) { $0 + $1.count }
    var piece = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="\(name)" tests="\(count)" failures="\(failures)" errors="\(errors)">

      """.utf8)
    for test in cases.joined() {
      piece += test.utf8
      guard piece.count > 1 << 16 else { continue }
      try sink(piece)
      piece.removeAll(keepingCapacity: true)
    }
    piece += "  </testsuite>\n</testsuites>\n".utf8
    try sink(piece)
  }

  /// The whole document.
  package var text: String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
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
    // By bytes: character by character this was half of the time for 100,000 groups.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 32)
    var others: [UInt8] = []
    for byte in text.utf8 {
      guard byte < 0x80 else {
        others.append(byte)
        continue
      }
      if !others.isEmpty { append(&others, to: &bytes) }
      if let entity = entity(byte) {
        bytes += entity.utf8
      } else if byte >= 0x20 && byte < 0x7F || byte == UInt8(ascii: "\n") {
        bytes.append(byte)
      } else {
        bytes += TerminalText.safe(String(Unicode.Scalar(byte))).utf8
      }
    }
    append(&others, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a run of characters beyond ASCII.
  private static func append(_ others: inout [UInt8], to bytes: inout [UInt8]) {
    for scalar in String(decoding: others, as: UTF8.self).unicodeScalars {
      // XML knows no form of these two.
      let hasForm = scalar.value != 0xFFFE && scalar.value != 0xFFFF
      bytes += hasForm ? Array(TerminalText.safe(String(scalar)).utf8) : [UInt8(ascii: "?")]
    }
    others.removeAll(keepingCapacity: true)
  }

  private static func entity(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: nil
    }
  }
}
