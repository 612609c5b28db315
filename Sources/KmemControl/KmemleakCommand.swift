/// A command that the kernel's kmemleak takes (`mm/kmemleak.c`, `kmemleak_write`).
///
/// The kernel compares prefixes only: `offline` would disable kmemleak until the next boot. So
/// nothing but these exact texts is ever written.
package enum KmemleakCommand: Hashable, Sendable {
  /// Scans all memory; the write returns when the scan has ended.
  case scan
  /// Stops the automatic scanner; does nothing if there is none.
  case stopScanner
  /// Starts the automatic scanner with the period it last had.
  case startScanner
  /// Starts the automatic scanner with another period, in seconds.
  case scanEvery(seconds: UInt32)
  /// Says whether the stacks of tasks count as places that refer to objects.
  case scanStacks(Bool)
  /// Prints what kmemleak knows of the object at an address to the kernel log.
  case dump(address: UInt64)
  /// Forgets all objects reported so far; what they point to counts as referenced from then on.
  case clear
  /// Disables kmemleak until the next boot.
  case off

  /// The text that is written, to the letter.
  package var text: String {
    switch self {
    case .scan: "scan"
    case .stopScanner: "scan=off"
    case .startScanner: "scan=on"
    case .scanEvery(let seconds): "scan=\(seconds)"
    case .scanStacks(let isOn): isOn ? "stack=on" : "stack=off"
    case .dump(let address): "dump=0x\(String(address, radix: 16))"
    case .clear: "clear"
    case .off: "off"
    }
  }

  /// Whether the command takes away what this boot can't get back.
  package var isDestructive: Bool { self == .clear || self == .off }
}

extension KmemleakCommand {
  /// The commands that take no number, in the order in which users meet them.
  package static let plain: [KmemleakCommand] = [
    .stopScanner, .startScanner, .scanStacks(true), .scanStacks(false), .clear, .off,
  ]

  /// Reads a command as users write it: `scan=600`, `stack=off`, `dump=0xffff888100a3c0c0`.
  ///
  /// Nil for a text that is no command to the letter, and for `scan`, which takes several steps
  /// here.
  package init?(_ text: String) {
    if let command = Self.plain.first(where: { $0.text == text }) {
      self = command
    } else if let seconds = Self.number(text, after: "scan=", radix: 10) {
      guard let seconds = UInt32(exactly: seconds), seconds <= Self.longestPeriod else {
        return nil
      }
      self = seconds == 0 ? .stopScanner : .scanEvery(seconds: seconds)
    } else if let address = Self.number(text, after: "dump=0x", radix: 16) {
      self = .dump(address: address)
    } else {
      return nil
    }
  }

  /// The longest period: a longer one overflows the kernel's timer, which then takes 1,193 hours
  /// (UINT_MAX ms).
  private static let longestPeriod: UInt32 = .max / 1000

  private static func number(_ text: String, after prefix: String, radix: Int) -> UInt64? {
    guard text.hasPrefix(prefix) else { return nil }
    let digits = text.dropFirst(prefix.count)
    guard let first = digits.first, first != "+", first != "-" else { return nil }
    return UInt64(digits, radix: radix)
  }
}
