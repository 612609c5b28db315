/// An amount over time, with the line that was laid through its floors.
package struct CourseFigure: Hashable, Sendable {
  /// What the picture shows, in words.
  package let title: String
  /// How fast it grows, in words; empty where no line was judged.
  package let rate: String
  /// The amounts by time, each the least and the most of those it stands for.
  package let points: [Point]
  /// The floors that were judged.
  package let floors: [Place]
  /// The two ends of the fitted line; empty where there is none.
  package let line: [Place]
  /// The corners of the band in which the line surely lies; empty where there is none.
  package let band: [Place]
  /// Amounts that the vertical axis names.
  package let levels: [Tick]
  /// Times that the horizontal axis names: the first, and the last.
  package let times: [Tick]

  /// The amounts in words, at a few times from the first to the last.
  package let numbers: [Number]

  /// What is said of a part of the time.
  package struct Number: Hashable, Sendable {
    /// When the part begins.
    package let when: String
    /// The least and the most amount in it.
    package let low, high: String
  }

  /// What the samples of a short time say.
  package struct Point: Hashable, Sendable {
    /// Seconds since the first sample.
    package let time: Double
    /// The least and the most.
    package let low, high: Double
  }

  /// A place in the picture.
  package struct Place: Hashable, Sendable {
    /// Seconds since the first sample.
    package let time: Double
    /// The amount.
    package let amount: Double
  }

  /// A value that an axis names.
  package struct Tick: Hashable, Sendable {
    /// Where it stands.
    package let value: Double
    /// Its name.
    package let words: String
  }
}
