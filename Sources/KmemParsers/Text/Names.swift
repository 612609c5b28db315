extension Span<UInt8> {
  /// Whether the bytes can be the name of a counter: letters, digits and `_`, not a digit first.
  var isCounterName: Bool {
    guard !isEmpty, !Ascii.isDigit(self[0]) else { return false }
    for index in indices where !Ascii.isWord(self[index]) { return false }
    return true
  }
}

extension Ascii {
  /// Whether it may be part of a name in C: a letter, a digit or `_`.
  @inlinable package static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
  }
}

extension Fields {
  /// Reads `Node 0, zone   Normal` as the kernel's per-zone files begin their lines with it.
  ///
  /// - Returns: the node and the zone's name with the comma that may follow it taken off.
  mutating func nextZone() -> (node: Int, zone: String)? {
    guard let word = next(), word.equals("Node") else { return nil }
    guard let number = next(), number.count > 1, number[number.count - 1] == Ascii.comma,
      let node = number.extracting(0..<(number.count - 1)).decimal.flatMap(Int.init(exactly:)),
      let kind = next(), kind.equals("zone"), let name = next()
    else { return nil }
    let hasComma = name[name.count - 1] == Ascii.comma
    let bare = hasComma ? name.extracting(0..<(name.count - 1)) : name
    return bare.isEmpty ? nil : (node, bare.text)
  }
}

/// The node and the name by which a zone is told from the others of a file.
struct ZoneKey: Hashable {
  let node: Int
  let zone: String
}
