/// Words about mappings.
enum MapWords {
  /// An address in hexadecimal, with the digits that user space has on 64 bits.
  static func address(_ address: UInt64) -> String {
    let digits = String(address, radix: 16)
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }
}
