/// A name as 64 bits (FNV-1a): among a million strings, chance makes hardly ever two equal.
struct NameHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var count = 0

  init() {}

  init(_ name: String) { for byte in name.utf8 { add(byte) } }

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    count &+= 1
  }
}
