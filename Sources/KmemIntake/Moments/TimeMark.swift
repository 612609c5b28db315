/// A time as a line of a text gives it, as far as it gives it.
package struct TimeMark: Hashable, Sendable {
  /// A day, whose year may not be given.
  struct Day: Hashable, Sendable {
    var year: Int?
    var month: Int
    var day: Int
  }

  /// Seconds since 1970, where the line gives the time so.
  var epoch: Double?
  var day: Day?
  /// Seconds since midnight.
  var second: Double?
  /// Seconds that the clock is ahead of UTC; nothing where the line doesn't tell.
  var zone: Double?
  /// Seconds since boot.
  package internal(set) var up: Double?
  /// The line as the text has it, without what frames it.
  package internal(set) var words = ""

  /// Whether there is anything by which it can be told from another time.
  var isAnything: Bool { epoch != nil || second != nil || up != nil || day?.year != nil }
}

extension TimeMark {
  /// Days since 1970-01-01, by the Gregorian calendar.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // The year begins in March, so that the leap day is its last.
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
