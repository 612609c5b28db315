internal import Glibc
internal import SystemPackage

/// Keeps the hashes of each module's strings in the user's cache, so that a file is read once.
///
/// There is a file for each build of a module, `<build id>.strings`: a magic word, then the sorted
/// hashes. The files can be deleted at any time.
struct StringCache {
  private static let magic: [UInt8] = Array("kmstr1\n\0".utf8)
  private let directory: FilePath?

  /// - Parameter directory: where the files lie; nil where there is no place for them.
  init(directory: String?) { self.directory = directory.map { FilePath($0) } }

  /// The hashes kept under that key; nil if there are none, or the file isn't whole.
  func hashes(for key: String) -> [UInt64]? {
    guard let path = path(of: key),
      let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seek(offset: 0, from: .end), size >= 8, size < 1 << 24, size % 8 == 0
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe try? file.read(fromAbsoluteOffset: 0, into: $0)
    }
    guard count == bytes.count, bytes.starts(with: Self.magic) else { return nil }
    return stride(from: 8, to: bytes.count, by: 8).map { Self.word(bytes, at: $0) }
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 { word = word << 8 | UInt64(bytes[offset + 7 - index]) }
    return word
  }

  /// Keeps the hashes; where that fails, the file is read again the next time.
  func keep(_ hashes: [UInt64], for key: String) {
    guard let directory, let path = path(of: key) else { return }
    Self.makeDirectory(directory)
    var bytes = Self.magic
    bytes.reserveCapacity(8 + hashes.count * 8)
    for hash in hashes {
      for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: hash >> (8 * UInt64(byte)))) }
    }
    // Another process may keep the same file at the same time: each writes one of its own, and
    // renames it.
    let own = FilePath("\(path.string).\(getpid())")
    guard
      let file = try? FileDescriptor.open(
        own, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    else { return }
    let isWritten = (try? file.writeAll(bytes)) != nil
    try? file.close()
    let isKept = unsafe isWritten && rename(own.string, path.string) == 0
    if !isKept { _ = unsafe unlink(own.string) }
  }

  /// The file of a key, which must be a build id or a hash: anything else could lead out of the
  /// directory.
  private func path(of key: String) -> FilePath? {
    guard !key.isEmpty, key.allSatisfy({ $0.isHexDigit || $0 == "-" }) else { return nil }
    return directory?.appending("\(key).strings")
  }

  private static func makeDirectory(_ path: FilePath) {
    var path = path
    var missing: [FilePath] = []
    while unsafe access(path.string, F_OK) != 0, !path.components.isEmpty {
      missing.append(path)
      path.removeLastComponent()
    }
    for path in missing.reversed() { _ = unsafe mkdir(path.string, 0o755) }
  }
}
