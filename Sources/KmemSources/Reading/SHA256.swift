internal import CNettle

/// SHA-256, as `sha256sum` prints it.
struct SHA256: Hashable {
  // A capture may have hundreds of thousands of digests: none has memory of its own.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The digest of those bytes.
  init(of bytes: [UInt8]) {
    var context = sha256_ctx()
    unsafe nettle_sha256_init(&context)
    unsafe nettle_sha256_update(&context, bytes.count, bytes)
    unsafe withUnsafeMutableBytes(of: &words) { words in
      unsafe nettle_sha256_digest(&context, words.count, words.baseAddress)
    }
  }

  /// The digest that 64 hexadecimal digits tell.
  init?(parsing digits: some Collection<UInt8>) {
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    for digit in digits {
      guard let value = hexDigits.firstIndex(of: digit) else { return nil }
      bytes.append(UInt8(value))
    }
    unsafe withUnsafeMutableBytes(of: &words) { words in
      for index in 0..<32 { unsafe words[index] = bytes[2 * index] << 4 | bytes[2 * index + 1] }
    }
  }

  /// The digest in 64 hexadecimal digits.
  var text: String { unsafe withUnsafeBytes(of: words) { unsafe $0.hexadecimal } }

  /// The digest of those bytes in 64 hexadecimal digits.
  static func text(of bytes: [UInt8]) -> String { SHA256(of: bytes).text }

  static func == (one: SHA256, other: SHA256) -> Bool { one.words == other.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
