/// Escapes of strings in JSON, where a reader may be a terminal.
package enum JSONEscapes {
  /// A string with its quotes; names come from other programs, and may hold any character.
  ///
  /// Lines of JSON have had the long escapes of line ends from the first version on.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [quote]
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
      appendOther(scalar, to: &bytes)
    }
    return String(decoding: bytes + [quote], as: UTF8.self)
  }

  /// Appends a string with its quotes, as Foundation's encoder writes it, but for what is hostile.
  static func appendQuoted(_ text: String, to json: inout [UInt8]) {
    json.append(quote)
    // Most strings are names that need no escape.
    if !appendPlain(text, to: &json) {
      for scalar in text.unicodeScalars { append(scalar, to: &json) }
    }
    json.append(quote)
  }

  /// Appends a string that needs no escape; false if it needs one.
  private static func appendPlain(_ text: String, to json: inout [UInt8]) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var hasOthers = false
      // Without a way out of the loop several bytes are looked at at once.
      for index in bytes.indices { unsafe hasOthers = !isPlain(bytes[index]) || hasOthers }
      if !hasOthers { unsafe json.append(contentsOf: bytes) }
      return !hasOthers
    }
  }

  private static let quote = UInt8(ascii: "\"")

  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte &- 0x20 < 0x5F) && byte != quote && byte != UInt8(ascii: "\\")
  }

  private static func append(_ scalar: Unicode.Scalar, to json: inout [UInt8]) {
    switch scalar {
    case "\"": json.append(contentsOf: "\\\"".utf8)
    case "\\": json.append(contentsOf: "\\\\".utf8)
    case "\n": json.append(contentsOf: "\\n".utf8)
    case "\r": json.append(contentsOf: "\\r".utf8)
    case "\t": json.append(contentsOf: "\\t".utf8)
    case "\u{8}": json.append(contentsOf: "\\b".utf8)
    case "\u{C}": json.append(contentsOf: "\\f".utf8)
    default: appendOther(scalar, to: &json)
    }
  }

  /// DEL, C0 and C1, marks of direction and what can't be seen are hostile: escapes stand for them.
  private static func appendOther(_ scalar: Unicode.Scalar, to json: inout [UInt8]) {
    guard scalar.isHostile || scalar.value < 0x20 else {
      return json.append(contentsOf: String(scalar).utf8)
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      json += Array("\\u".utf8)
      json += [UInt8](repeating: UInt8(ascii: "0"), count: 4 - digits.count) + Array(digits.utf8)
    }
  }
}
