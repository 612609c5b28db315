/// An amount as a tool prints it, with what its rounding may hide.
///
/// The kernel counts bytes or KiB; tools print whole GiB, two decimals of a KiB, or `2.8G`.
package struct PrintedAmount: Hashable, Sendable {
  /// The amount in bytes, as printed.
  package let bytes: Int64
  /// The most by which the truth may be more or less, in bytes; 0 where the amount is exact.
  ///
  /// It is one of the last place that is printed, since some tools cut what others round.
  package let error: Int64

  /// An amount of so many bytes that may be off by no more than `error`.
  package init(bytes: Int64, error: Int64 = 0) {
    self.bytes = bytes
    self.error = error
  }
}

extension PrintedAmount {
  /// What letters behind a number count in.
  package enum Base {
    /// 1024, as almost all tools do.
    case binary
    /// 1000, as `free --si` does; letters followed by an `i` count in 1024 all the same.
    case decimal

    var step: Int64 { self == .binary ? 1024 : 1000 }
  }

  /// Reads a number with or without decimals and unit: `15`, `0.06K`, `2.8Gi`, `2,8G`, `704B`.
  ///
  /// `unit` is what a number without a letter counts; a number of whole units of `exact` bytes at most
  /// isn't rounded. Nothing if the field isn't such a number, or no 64-bit number holds it.
  package init?(_ field: Span<UInt8>, unit: Int64 = 1, base: Base = .binary, exact: Int64 = 1024) {
    var digits: Int64 = 0
    var decimals = 0
    var hasPoint = false
    var end = 0
    while end < field.count {
      let digit = field[end] &- UInt8(ascii: "0")
      if digit < 10 {
        let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
        guard !overflow, tens <= .max - Int64(digit), decimals < 6 else { return nil }
        digits = tens + Int64(digit)
        if hasPoint { decimals += 1 }
      } else if field[end] == UInt8(ascii: ".") || field[end] == Ascii.comma, !hasPoint, end > 0 {
        hasPoint = true
      } else {
        break
      }
      end += 1
    }
    guard end > 0, let unit = Self.unit(field.extracting(end..<field.count), unit, base) else {
      return nil
    }
    self.init(digits, decimals: decimals, of: unit, exact: exact)
  }

  private init?(_ digits: Int64, decimals: Int, of unit: Int64, exact: Int64) {
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let (whole, overflow) = (digits / scale).multipliedReportingOverflow(by: unit)
    let (part, excess) = (digits % scale).multipliedReportingOverflow(by: unit)
    guard !overflow, !excess, whole <= .max - part / scale else { return nil }
    let isExact = decimals == 0 && unit <= exact
    self.init(bytes: whole + part / scale, error: isExact ? 0 : max(1, unit / scale))
  }

  /// The bytes that the letters behind a number stand for; nothing for other letters.
  private static func unit(_ letters: Span<UInt8>, _ plain: Int64, _ base: Base) -> Int64? {
    guard !letters.isEmpty else { return plain }
    var rest = letters
    let isBinary = rest.count > 1 && rest[1] == UInt8(ascii: "i")
    guard let power = Self.power(rest[0]) else { return nil }
    rest = rest.extracting((isBinary ? 2 : 1)..<rest.count)
    guard rest.isEmpty || power > 0 && rest.equals("B") else { return nil }
    let step = isBinary ? 1024 : base.step
    var unit: Int64 = 1
    for _ in 0..<power { unit *= step }
    return unit
  }

  private static func power(_ letter: UInt8) -> Int? {
    switch letter | 0x20 {
    case UInt8(ascii: "b"): 0
    case UInt8(ascii: "k"): 1
    case UInt8(ascii: "m"): 2
    case UInt8(ascii: "g"): 3
    case UInt8(ascii: "t"): 4
    case UInt8(ascii: "p"): 5
    default: nil
    }
  }
}

extension Fields {
  /// The next field as an amount; nothing if it's missing or isn't one.
  mutating func nextAmount(unit: Int64 = 1, exact: Int64 = 1024) -> PrintedAmount? {
    guard let field = next() else { return nil }
    return PrintedAmount(field, unit: unit, exact: exact)
  }
}
