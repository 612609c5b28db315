/// Elements of HTML and SVG, as text.
enum Markup {
  /// Text as it may stand between tags and in attributes in quotes: the one way for text of others
  /// into a document.
  ///
  /// What a name must not hold is shown as escapes first, as on a terminal, so that no mark of
  /// direction and no control character is left.
  static func escaped(_ text: String) -> String {
    let safe = TerminalText.safe(text)
    guard safe.utf8.contains(where: { special[$0] != nil }) else { return safe }
    var escaped: [UInt8] = []
    for byte in safe.utf8 {
      if let name = special[byte] { escaped += name.utf8 } else { escaped.append(byte) }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static let special: [UInt8: String] = [
    UInt8(ascii: "<"): "&lt;", UInt8(ascii: ">"): "&gt;", UInt8(ascii: "&"): "&amp;",
    UInt8(ascii: "\""): "&quot;", UInt8(ascii: "'"): "&#39;",
  ]

  /// Sentences between tags, in which no line ends within a number or before its unit.
  static func prose(_ text: String) -> String {
    let bytes = Array(escaped(text).utf8)
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let joins =
        byte == UInt8(ascii: " ") && result.last.map(isDigit) == true
        && isGroupOrUnit(bytes[(index + 1)...])
      if joins { result += [0xC2, 0xA0] } else { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether three digits of a number go on, or a unit stands there; a time behind a day is neither.
  private static func isGroupOrUnit(_ text: ArraySlice<UInt8>) -> Bool {
    if text.prefix(while: isDigit).count == 3 { return true }
    return ["%", "B", "KiB", "MiB", "GiB", "TiB"].contains { text.starts(with: $0.utf8) }
  }

  /// An element without attributes, with markup inside.
  static func element(_ name: String, _ inner: String) -> String { element(name, [:], inner) }

  /// An element with markup inside; the values of its attributes are escaped here.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ inner: String
  ) -> String {
    "<\(name)\(self.attributes(attributes))>\(inner)</\(name)>"
  }

  /// An element with text inside.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) -> String {
    element(name, attributes, escaped(text))
  }

  private static func attributes(_ attributes: KeyValuePairs<String, String>) -> String {
    attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
  }

  /// A small square in the colour of a class, for legends.
  static func swatch(_ style: String) -> String {
    element(
      "svg", ["width": "12", "height": "12", "aria-hidden": "true"],
      element("rect", ["class": style, "width": "12", "height": "12"], ""))
  }

  /// A number with two decimals at most.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let digits = String(hundredths.magnitude % 100)
    let sign = hundredths < 0 ? "-" : ""
    let whole = "\(sign)\(hundredths.magnitude / 100)"
    if hundredths % 100 == 0 { return whole }
    return whole + "." + (digits.count < 2 ? "0" : "") + digits
  }

  /// A share of the width.
  static func percent(_ share: Double) -> String { number(share * 100) + "%" }
}
