internal import CNettle

/// SHA-256, as `sha256sum` prints it.
enum SHA256 {
  /// The digest in 64 hexadecimal digits.
  static func text(of bytes: [UInt8]) -> String {
    var context = sha256_ctx()
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe nettle_sha256_init(&context)
    unsafe nettle_sha256_update(&context, bytes.count, bytes)
    unsafe nettle_sha256_digest(&context, digest.count, &digest)
    return digest.hexadecimal
  }
}
