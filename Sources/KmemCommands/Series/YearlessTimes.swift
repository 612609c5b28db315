/// Puts the moments of several texts whose times lack the year (syslog's `Nov 22 18:40:12`) on one
/// clock.
///
/// The texts stand around a year as around a dial: the series begins behind the longest time in which
/// there is nothing, and what is before that on the dial is of the year after.
struct YearlessTimes {
  /// How long there must be nothing, in seconds: logs that fill a year more closely tell no order.
  private static let silence = 45 * 86400.0
  private static let year = 366 * 86400.0

  /// Seconds on a clock that all moments share, in their order; nothing where their order isn't told.
  let times: [Double]?

  /// Places moments, each of which has the text that it is of and its seconds on that text's clock,
  /// which begins in a year of 366 days.
  init(_ moments: [(text: String, seconds: Double)]) {
    let texts = Dictionary(grouping: moments, by: \.text).mapValues { moments in
      let seconds = moments.map(\.seconds)
      return (seconds.min() ?? 0)...(seconds.max() ?? 0)
    }
    guard let start = Self.start(texts.values.sorted { $0.lowerBound < $1.lowerBound }) else {
      times = nil
      return
    }
    times = moments.map { moment in
      let isLater = (texts[moment.text]?.lowerBound ?? 0) < start
      return isLater ? Self.yearLater(moment.seconds) : moment.seconds
    }
  }

  /// Where on the dial the series begins; the texts are in the order of their beginnings.
  private static func start(_ texts: [ClosedRange<Double>]) -> Double? {
    guard let first = texts.first else { return nil }
    var end = first.upperBound
    var pauses: [(length: Double, start: Double)] = []
    for text in texts.dropFirst() {
      pauses.append((text.lowerBound - end, text.lowerBound))
      end = max(end, text.upperBound)
    }
    pauses.append((first.lowerBound + year - end, first.lowerBound))
    return pauses.max { $0.length < $1.length }.flatMap { $0.length < silence ? nil : $0.start }
  }

  /// The same day a year later; the 29th of February is there to be passed only once.
  private static func yearLater(_ seconds: Double) -> Double {
    seconds + (seconds < 60 * 86400 ? 366 : 365) * 86400
  }
}
