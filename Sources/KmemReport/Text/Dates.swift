/// Moments as text, in UTC.
package enum Dates {
  /// The moment, in seconds since 1970 UTC, as `2026-11-22 18:40:12 UTC`.
  package static func words(_ seconds: Double) -> String {
    guard let parts = Parts(seconds) else { return "an unknown time" }
    return "\(parts.date) \(parts.time) UTC"
  }

  /// The moment as JSON documents hold it, `2026-11-22T18:40:12Z`; nil for numbers that are no
  /// date, such as infinity.
  package static func iso(_ seconds: Double) -> String? {
    Parts(seconds).map { "\($0.date)T\($0.time)Z" }
  }

  /// A moment of a year that isn't told, in seconds since the beginning of one of 366 days, as
  /// `11-22 18:40:12`.
  package static func withoutYear(_ seconds: Double) -> String {
    // 2000 had a 29th of February.
    guard let parts = Parts(seconds + 946_684_800) else { return "an unknown time" }
    return "\(parts.date.dropFirst(5)) \(parts.time)"
  }

  /// The civil date of a day counted from 1970 (Howard Hinnant's `civil_from_days`).
  private struct Parts {
    let date: String
    let time: String

    init?(_ seconds: Double) {
      guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
      let whole = Int(seconds.rounded(.down))
      let (day, second) = (Parts.floor(whole, 86400), whole - Parts.floor(whole, 86400) * 86400)
      let shifted = day + 719_468
      let era = Parts.floor(shifted, 146_097)
      let dayOfEra = shifted - era * 146_097
      let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
      let shiftedMonth = (5 * dayOfYear + 2) / 153
      let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
      let calendarYear = year + era * 400 + (month <= 2 ? 1 : 0)
      let date = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
      self.date = "\(calendarYear)-\(Parts.two(month))-\(Parts.two(date))"
      time = [second / 3600, second / 60 % 60, second % 60].map(Parts.two).joined(separator: ":")
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
      value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  }
}
