internal import CNettle
internal import Glibc
internal import SystemPackage

/// The secret from which pseudonyms are made; it is never written into a capture.
package struct RedactionKey: Sendable {
  private let bytes: [UInt8]

  /// A key that no other run has.
  package init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// The key kept in a file that nobody but its owner can read; one that is missing is made.
  ///
  /// - Throws: `SourceError`: others can read or write the file, it has fewer than 16 bytes, or it
  ///   can't be read or made.
  package init(file path: String) throws(SourceError) {
    var status = stat()
    if unsafe stat(path, &status) != 0, errno == ENOENT { try Self.make(path) }
    bytes = try SmallFile(path, limit: 1 << 20).bytes()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SourceError(.badData, "\(path) is no file; a key is kept in one")
    }
    guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
      throw SourceError(
        .notPermitted,
        "\(path) can be read by others, so it keeps no secret; run: chmod 600 \(path)")
    }
    guard bytes.count >= 16 else {
      throw SourceError(.badData, "\(path) has \(bytes.count) bytes; a key has 16 or more")
    }
  }

  /// Writes a random key to a new file with mode 0600.
  private static func make(_ path: String) throws(SourceError) {
    let text = RedactionKey().bytes.hexadecimal
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: [.ownerReadWrite])
      defer { try? file.close() }
      try file.writeAll("\(text)\n".utf8)
    } catch {
      throw SourceError(.cannotWrite, "\(path) can't be written: \(error)")
    }
  }

  /// The keyed hash of a text: HMAC with SHA-256, 32 bytes.
  func hash(_ text: [UInt8]) -> [UInt8] {
    var context = hmac_sha256_ctx()
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe nettle_hmac_sha256_set_key(&context, bytes.count, bytes)
    unsafe nettle_hmac_sha256_update(&context, text.count, text)
    unsafe nettle_hmac_sha256_digest(&context, digest.count, &digest)
    return digest
  }
}
