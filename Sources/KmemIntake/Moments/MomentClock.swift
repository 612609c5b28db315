/// Puts the times of a text on one clock, one after the other as the text has them.
struct MomentClock {
  /// What a time is counted from: only times of one kind can be compared.
  enum Basis: Hashable, Sendable {
    case epoch
    /// A year that isn't known.
    case someYear
    /// A day that isn't known.
    case someDay
    case boot
  }

  /// A time on the text's clock, in seconds.
  struct Time: Hashable, Sendable {
    let basis: Basis
    let seconds: Double
    /// Seconds since boot, where the text tells them.
    let up: Double?

    /// Seconds since 1970, where that is known.
    var wall: Double? { basis == .epoch ? seconds : nil }

    /// Seconds since a year began that isn't known, and has 366 days; it may have passed since.
    var withoutYear: Double? {
      basis == .someYear ? seconds - Double(TimeMark.days(MomentClock.someYear, 1, 1) * 86400) : nil
    }
  }

  private var last: Time?
  /// Years, and days, that the text passed without saying so.
  private var years = 0
  private var days = 0

  /// A leap year, so that 29 February is a day of it.
  private static let someYear = 2000
  private static let halfYear = 183 * 86400.0

  /// The time that a mark means behind those before it; nothing where it names none.
  mutating func time(of mark: TimeMark) -> Time? {
    let time = read(mark)
    if let time { last = time }
    return time
  }

  private mutating func read(_ mark: TimeMark) -> Time? {
    if let epoch = mark.epoch { return Time(basis: .epoch, seconds: epoch, up: mark.up) }
    if let day = mark.day {
      let second = (mark.second ?? 0) - (mark.zone ?? 0)
      if let year = day.year {
        let seconds = Double(TimeMark.days(year, day.month, day.day) * 86400) + second
        return Time(basis: .epoch, seconds: seconds, up: mark.up)
      }
      return ofSomeYear(day, second, mark.up)
    }
    if let second = mark.second { return ofSomeDay(second, mark.up) }
    return mark.up.map { Time(basis: .boot, seconds: $0, up: $0) }
  }

  /// A day without a year: where it is half a year before the last one, a new year began.
  private mutating func ofSomeYear(_ day: TimeMark.Day, _ second: Double, _ up: Double?) -> Time {
    func seconds() -> Double {
      Double(TimeMark.days(Self.someYear + years, day.month, day.day) * 86400) + second
    }
    if let last, last.basis == .someYear, seconds() < last.seconds - Self.halfYear { years += 1 }
    return Time(basis: .someYear, seconds: seconds(), up: up)
  }

  /// A time without a day: where it is before the last one, midnight has passed.
  private mutating func ofSomeDay(_ second: Double, _ up: Double?) -> Time {
    guard let last, last.basis != .boot else {
      return Time(basis: .someDay, seconds: second, up: up)
    }
    var seconds = (last.seconds / 86400).rounded(.down) * 86400 + second
    if seconds < last.seconds { seconds += 86400 }
    return Time(basis: last.basis, seconds: seconds, up: up)
  }
}
