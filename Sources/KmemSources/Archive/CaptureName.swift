package import KmemSnapshot

extension Manifest {
  /// The name of the capture's folder and file: `<host>-<utc>-<boot8>`.
  package var captureName: String {
    let host = (hostname ?? "unknown").utf8.prefix(64).map { Self.isSafe($0) ? $0 : 0x5F }
    let name = String(decoding: host, as: UTF8.self).drop { $0 == "." || $0 == "-" }
    let boot = (bootID ?? "").utf8.prefix(8).filter(Self.isSafe)
    return "\(name.isEmpty ? "unknown" : name)-\(Self.utc(start.wall))-"
      + (boot.isEmpty ? "00000000" : String(decoding: boot, as: UTF8.self))
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The moment as `20260131T235959Z`.
  static func utc(_ wall: Double) -> String {
    let seconds = Int(exactly: wall.rounded(.down)) ?? 0
    let day = seconds.flooredQuotient(86400)
    let rest = seconds - day * 86400
    let date = civil(day)
    return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2) + "T"
      + padded(rest / 3600, 2) + padded(rest / 60 % 60, 2) + padded(rest % 60, 2) + "Z"
  }

  /// The moment as `2026-01-31 23:59:59 UTC`.
  package static func readableTime(_ wall: Double) -> String {
    let text = Array(utc(wall))
    guard text.count == 16 else { return String(text) }
    let parts = [0..<4, 4..<6, 6..<8, 9..<11, 11..<13, 13..<15].map { String(text[$0]) }
    return parts[..<3].joined(separator: "-") + " " + parts[3...].joined(separator: ":") + " UTC"
  }

  /// The date of a day counted from 1970-01-01, by the proleptic Gregorian calendar.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    // Counted from 1 March of a year divisible by 400, so that the leap day comes last.
    let shifted = min(max(days, -700_000), 3_000_000) + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(max(0, number))
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int {
  /// The quotient rounded down, also for numbers below zero.
  fileprivate func flooredQuotient(_ divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
