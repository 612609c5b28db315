/// Escapes of strings in JSON, where a reader may be a terminal.
enum JSONEscapes {
  /// A string with its quotes; names come from other programs, and may hold any character.
  static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { json, scalar in
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      default: append(scalar, to: &json)
      }
    } + "\""
  }

  /// A document without the hostile characters that the encoder leaves as they are.
  ///
  /// These are DEL, C1, marks of direction, what can't be seen. The document's own line ends stay.
  static func defused(_ document: String) -> String {
    guard document.utf8.contains(where: { $0 >= 0x7F }) else { return document }
    return document.unicodeScalars.reduce(into: "") { json, scalar in
      if scalar.isASCII && scalar.value != 0x7F {
        json.unicodeScalars.append(scalar)
      } else {
        append(scalar, to: &json)
      }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to json: inout String) {
    guard scalar.isHostile else { return json.unicodeScalars.append(scalar) }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}
