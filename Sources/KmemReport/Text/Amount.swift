/// Numbers as a person reads them.
///
/// No other place turns numbers into words.
package enum Amount {
  private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

  /// Bytes with one decimal in the largest fitting unit: `137.4 MiB`.
  package static func short(_ bytes: Int64) -> String {
    let magnitude = bytes.magnitude
    let sign = bytes < 0 ? "-" : ""
    guard magnitude >= 1024 else { return "\(sign)\(magnitude) B" }
    var unit = 1
    // Rounded to tenths, 1023.96 KiB would read 1024.0 KiB: the next unit begins there.
    while unit < units.count - 1, tenths(magnitude, unit) >= 10240 { unit += 1 }
    return "\(sign)\(decimal(tenths(magnitude, unit))) \(units[unit])"
  }

  /// Bytes as `short` prints them, with a sign in front of growth too: `+137.4 MiB`.
  package static func signed(_ bytes: Int64) -> String {
    bytes > 0 ? "+\(short(bytes))" : short(bytes)
  }

  /// A count with its thousands set apart: `200 003`.
  package static func count(_ number: Int64) -> String {
    var groups: [Substring] = []
    var digits = Substring(String(number.magnitude))
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: " ")
  }

  /// A count for reading aloud: `1.24 million` from a million on, else as `count` prints it.
  package static func rounded(_ number: Int64) -> String {
    guard number >= 1_000_000 else { return count(number) }
    let hundredths = number.magnitude / 10_000 + (number.magnitude % 10_000 >= 5000 ? 1 : 0)
    let digits = hundredths % 100
    return "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits) million"
  }

  /// A count as `count` prints it, with a sign in front of growth too: `+200 003`.
  package static func signedCount(_ number: Int64) -> String {
    number > 0 ? "+\(count(number))" : count(number)
  }

  /// A share as percent: `12 %`, with a decimal below ten.
  package static func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e6 else { return "?" }
    let tenths = Int((share * 1000).rounded())
    guard abs(tenths) < 100 else { return "\(tenths / 10 + (tenths % 10 >= 5 ? 1 : 0)) %" }
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(decimal(UInt64(tenths.magnitude))) %"
  }

  /// A time span in the two largest units: `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return "?" }
    let whole = Int(abs(seconds))
    let (days, hours, minutes) = (whole / 86400, whole / 3600 % 24, whole / 60 % 60)
    if days > 0 { return "\(days) d \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    if minutes > 0 { return "\(minutes) min \(whole % 60) s" }
    guard abs(seconds) < 10 else { return "\(whole) s" }
    return "\(decimal(UInt64((abs(seconds) * 10).rounded()))) s"
  }

  private static func decimal(_ tenths: UInt64) -> String { "\(tenths / 10).\(tenths % 10)" }

  private static func tenths(_ bytes: UInt64, _ unit: Int) -> UInt64 {
    let size = UInt64(1) << (10 * UInt64(unit))
    return bytes / size * 10 + (bytes % size * 10 + size / 2) / size
  }
}
