/// Which moment of a text a capture is, where it was taken out of a text that may hold several.
package struct TextMoment: Hashable, Sendable {
  /// What the user calls the text.
  package let text: String
  /// The moment's number, counted from 1 in the order of time.
  package let number: Int
  /// How many moments the text holds.
  package let count: Int
  /// What the text says above it: a time as it stands there, or words such as `after 1 hour`.
  package var title: String?
  /// Seconds since 1970; nothing where the text doesn't tell.
  package var wallTime: Double?
  /// Seconds since boot; nothing where the text doesn't tell.
  package var upTime: Double?
  /// Seconds on a clock of which only differences mean something: the text gives no year, or no day.
  package var clock: Double?
  /// Seconds since the beginning of a year that the text doesn't tell: comparable with another text's,
  /// but for the year.
  package var withoutYear: Double?

  /// The machine that the text names for it; nothing where it names none.
  package var machine: String?
  /// All machines that the text names for its moments, in the order of their names.
  package var machines: [String] = []

  /// A moment of which no time is known.
  package init(text: String, number: Int, count: Int) {
    self.text = text
    self.number = number
    self.count = count
  }

  /// By what the user can ask for the moment: `LOG@2`.
  package var reference: String { Self.reference(text, number) }

  /// By what the user can ask for the moment of that number.
  package static func reference(_ text: String, _ number: Int) -> String { "\(text)@\(number)" }

  /// Seconds from this moment to another one of the same text; nothing where that isn't known.
  package func seconds(to other: TextMoment?) -> Double? {
    guard let other, other.text == text else { return nil }
    if let clock, let later = other.clock { return later - clock }
    guard let upTime, let later = other.upTime, !isBooted(before: other) else { return nil }
    return later - upTime
  }

  /// Whether the machine was booted between the two moments of one text: it is up for less time at
  /// the later one.
  func isBooted(before other: TextMoment?) -> Bool {
    guard let other, other.text == text, let upTime, let later = other.upTime else { return false }
    return number < other.number ? later < upTime : upTime < later
  }
}
