/// A form in which a text comes once tools or people handled it.
struct Form: Sendable, CustomStringConvertible {
  let name: String
  /// Whether the form leaves the text so that nothing of it is to be mended.
  var isPlain = false
  let make: @Sendable (String) -> [UInt8]

  var description: String { name }

  /// A form whose lines each become other lines.
  static func lines(
    _ name: String, isPlain: Bool = false, _ make: @escaping @Sendable (String) -> String
  ) -> Form {
    numbered(name, isPlain: isPlain) { line, _ in make(line) }
  }

  /// The same with each line's number, counted from 1.
  static func numbered(
    _ name: String, isPlain: Bool = false, _ make: @escaping @Sendable (String, Int) -> String
  ) -> Form {
    whole(name, isPlain: isPlain) { text in
      text.lines.enumerated().map { make($1, $0 + 1) + "\n" }.joined()
    }
  }

  /// A form of the text as a whole.
  static func whole(
    _ name: String, isPlain: Bool = false, _ make: @escaping @Sendable (String) -> String
  ) -> Form {
    Form(name: name, isPlain: isPlain) { Array(make($0).utf8) }
  }
}

extension String {
  /// The lines without their ends.
  var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  func replacing(_ old: String, with new: String) -> String {
    var (result, rest) = ("", self[...])
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  func padded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// The text in UTF-16 with a byte order mark.
  func utf16(isBigEndian: Bool = false, hasMark: Bool = true) -> [UInt8] {
    ((hasMark ? "\u{FEFF}" : "") + self).utf16.flatMap {
      let (high, low) = (UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0))
      return isBigEndian ? [high, low] : [low, high]
    }
  }
}

/// Quoted-printable, as a mail program sends it: what is above 126 and `=` by number, lines of 76.
func quotedPrintable(_ text: String) -> String {
  text.lines.map { line in
    var (result, width) = ("", 0)
    for byte in line.utf8 {
      let isPlain = byte >= 32 && byte < 127 && byte != UInt8(ascii: "=")
      let hex = String(byte, radix: 16, uppercase: true)
      let piece = isPlain ? String(UnicodeScalar(byte)) : "=" + (hex.count < 2 ? "0" : "") + hex
      if width + piece.count > 75 {
        result += "=\n"
        width = 0
      }
      result += piece
      width += piece.count
    }
    if result.hasSuffix(" ") { result = String(result.dropLast()) + "=20" }
    return result + "\n"
  }.joined()
}
