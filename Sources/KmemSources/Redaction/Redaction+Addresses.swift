extension Redaction {
  /// The line with pseudonyms for addresses: eight or more digits after `0x`, or sixteen.
  mutating func addresses(_ line: String) -> String {
    var result = ""
    var rest = line[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isHexDigit }
      let after = rest.dropFirst(digits.count)
      if isAddress(digits, after: result, before: after) {
        result += pseudonyms.address(digits)
      } else {
        result += digits
      }
      result += after.prefix(1)
      rest = after.dropFirst()
    }
    return result
  }

  private func isAddress(_ digits: Substring, after start: String, before rest: Substring) -> Bool {
    guard digits.contains(where: { $0 != "0" }) else { return false }
    if start.hasSuffix("0x") { return digits.count >= 8 }
    guard digits.count == 16, !(start.last.map(Self.isPart) ?? false),
      !(rest.first.map(Self.isPart) ?? false)
    else { return false }
    return true
  }

  private static func isPart(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }
}
