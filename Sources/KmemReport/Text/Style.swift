/// How text is set: with colours where the output shows them, without elsewhere.
///
/// Colour never carries meaning alone: signs and words say the same.
package struct Style: Hashable, Sendable {
  /// Whether the output shows colours.
  package let isColored: Bool
  /// Columns to fill; nil where the output isn't a terminal and lines may be as long as needed.
  package let width: Int?
  /// Whether the output draws figures, beside which bars of characters would say the same twice.
  package let drawsFigures: Bool

  /// Makes a style for an output.
  package init(isColored: Bool, width: Int?, drawsFigures: Bool = false) {
    self.isColored = isColored
    self.width = width
    self.drawsFigures = drawsFigures
  }

  /// The style of files: without colours and without a width.
  package static let plain = Style(isColored: false, width: nil)
  /// The style of documents that set text themselves and have pictures.
  package static let pictures = Style(isColored: false, width: nil, drawsFigures: true)

  /// What a colour stands for; the raw values are the numbers of ECMA-48's SGR.
  package enum Tone: String, Sendable {
    case heading = "1"
    case faint = "2"
    case bad = "31"
    case warning = "33"
    case good = "32"
    case none = ""
  }

  /// The text with its colour, which ends behind it.
  package func paint(_ text: String, _ tone: Tone) -> String {
    guard isColored, tone != .none, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }
}
