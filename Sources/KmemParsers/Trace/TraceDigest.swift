/// What a kept trace's lines come to, by which its reader sees that one was changed, lost or added.
///
/// FNV-1a of 64 bits: any one byte changes it for certain, and anything else but once in 2^64. It shows damage,
/// not who made it. Blanks at the end of a line count for nothing, as mail and editors change those.
struct TraceDigest {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(line: Span<UInt8>) {
    var end = line.count
    while end > 0, Ascii.isBlank(line[end - 1]) || line[end - 1] == Ascii.carriageReturn {
      end -= 1
    }
    for index in 0..<end { add(line[index]) }
    add(Ascii.newline)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// The digest as it is written.
  var text: String { String(value, radix: 16) }
}
