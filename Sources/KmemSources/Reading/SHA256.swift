internal import CNettle

/// SHA-256, as `sha256sum` prints it.
struct SHA256: Hashable {
  // A capture may have hundreds of thousands of digests: none has memory of its own.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The digest of those bytes.
  init(of bytes: [UInt8]) { self.init(of: bytes[...]) }

  /// The digest of a part of bytes.
  init(of bytes: ArraySlice<UInt8>) {
    var context = sha256_ctx()
    unsafe nettle_sha256_init(&context)
    unsafe bytes.withUnsafeBufferPointer {
      unsafe nettle_sha256_update(&context, $0.count, $0.baseAddress)
    }
    unsafe withUnsafeMutableBytes(of: &words) { words in
      unsafe nettle_sha256_digest(&context, words.count, words.baseAddress)
    }
  }

  /// The digest that 64 hexadecimal digits tell.
  init?(parsing digits: ArraySlice<UInt8>) {
    guard digits.count == 64 else { return nil }
    let start = digits.startIndex
    var isDigest = true
    unsafe withUnsafeMutableBytes(of: &words) { words in
      for index in 0..<32 {
        let (high, low) = (
          digits[start + 2 * index].hexValue, digits[start + 2 * index + 1].hexValue
        )
        isDigest = isDigest && high < 16 && low < 16
        unsafe words[index] = high << 4 | low & 15
      }
    }
    guard isDigest else { return nil }
  }

  /// The digest in 64 hexadecimal digits.
  var text: String { unsafe withUnsafeBytes(of: words) { unsafe $0.hexadecimal } }

  /// The digest of those bytes in 64 hexadecimal digits.
  static func text(of bytes: [UInt8]) -> String { SHA256(of: bytes).text }

  static func == (one: SHA256, other: SHA256) -> Bool { one.words == other.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension UInt8 {
  /// What the byte is worth as a lower-case hexadecimal digit; 255 for any other.
  fileprivate var hexValue: UInt8 {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    default: 255
    }
  }
}
