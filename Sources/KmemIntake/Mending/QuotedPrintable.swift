internal import KmemParsers

/// The transfer encoding of mails in which `=3D` is an equals sign (RFC 2045, section 6.7).
enum QuotedPrintable {
  /// Whether the line has what plain lines hardly have.
  static func isMarked(_ line: Span<UInt8>) -> Bool { weight(line) > 0 }

  /// Whether enough lines have it.
  static func isUsed(in text: TextLines) -> Bool {
    var sum = 0
    for line in text.lines {
      let bytes = line.bytes
      if !bytes.span.isDumpLine { sum += weight(bytes.span) }
    }
    return sum >= 2
  }

  /// Soft breaks stand at the end of lines of 76 characters; `=20` is a blank at the end of a line.
  private static func weight(_ line: Span<UInt8>) -> Int {
    guard line.contains(UInt8(ascii: "=")) else { return 0 }
    var weight = 0
    // `==` ends a text in base64.
    if line.ends(with: "="), !line.ends(with: "=="), line.count > 60, line.count <= 76 {
      weight += line.count >= 73 ? 2 : 1
    }
    if line.offset(of: "=3D") != nil { weight += 1 }
    // `N0=20` is a count of pages, `1024 kB=20` a blank at the end.
    if line.ends(with: "kB=20") { weight += 1 }
    if line.offset(of: "=C2=A0") != nil || line.offset(of: "=E2=80=") != nil { weight += 2 }
    return weight
  }

  static func undo(_ text: inout TextLines) {
    var index = text.lines.count - 1
    while index >= 0 {
      var line = text.lines[index].bytes
      let isSoft = line.last == UInt8(ascii: "=")
      if isSoft { line.removeLast() }
      text.replace(index, by: decoded(line), .quotedPrintable)
      if isSoft, index + 1 < text.lines.count {
        text.join(index + 1, to: index, between: [], .quotedPrintable)
      }
      index -= 1
    }
  }

  private static func decoded(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < line.count {
      if line[index] == UInt8(ascii: "="), index + 2 < line.count,
        let high = line[index + 1].capitalHexDigit, let low = line[index + 2].capitalHexDigit
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(line[index])
        index += 1
      }
    }
    return result
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit in capitals, as the encoding asks for.
  fileprivate var capitalHexDigit: UInt8? {
    let digit = self &- UInt8(ascii: "0")
    if digit < 10 { return digit }
    let letter = self &- UInt8(ascii: "A")
    return letter < 6 ? letter + 10 : nil
  }
}
