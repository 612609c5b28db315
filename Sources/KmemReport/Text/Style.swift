/// How text is set off: colour where the stream shows it, nothing elsewhere.
///
/// Colour never carries meaning alone: signs and words say the same.
package struct Style: Hashable, Sendable {
  package let isColored: Bool
  /// Columns to fill; nothing where the output isn't a terminal and lines may be as long as needed.
  package let width: Int?

  package init(isColored: Bool, width: Int?) {
    self.isColored = isColored
    self.width = width
  }

  package static let plain = Style(isColored: false, width: nil)

  package enum Tone: String, Sendable {
    case heading = "1"
    case faint = "2"
    case bad = "31"
    case warning = "33"
    case good = "32"
    case none = ""
  }

  package func paint(_ text: String, _ tone: Tone) -> String {
    guard isColored, tone != .none, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }
}
