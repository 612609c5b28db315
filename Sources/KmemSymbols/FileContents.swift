internal import CArchive
internal import CElfutils
internal import SystemPackage

/// Opens an object file; one that is compressed is unpacked into memory first.
///
/// Distributions compress modules with xz, zstd or gzip. libarchive unpacks them, as libdw may be
/// built without zstd.
enum FileContents {
  /// The most bytes that a file is unpacked to; a module with all its debugging information has
  /// some 50 MB.
  private static let limit = 1 << 30

  /// The open file, which the caller closes; nothing if it can't be read.
  static func open(_ path: String) -> FileDescriptor? {
    let options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: options) else {
      return nil
    }
    guard isCompressed(file) else { return file }
    defer { try? file.close() }
    return unpacked(file)
  }

  private static func isCompressed(_ file: FileDescriptor) -> Bool {
    var head = [UInt8](repeating: 0, count: 6)
    let count = unsafe head.withUnsafeMutableBytes {
      unsafe try? file.read(fromAbsoluteOffset: 0, into: $0)
    }
    guard count == head.count else { return false }
    let magics: [[UInt8]] = [
      [0x1F, 0x8B], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD],
    ]
    return magics.contains { head.starts(with: $0) }
  }

  private static func unpacked(_ file: FileDescriptor) -> FileDescriptor? {
    guard let archive = unsafe archive_read_new() else { return nil }
    defer { _ = unsafe archive_read_free(archive) }
    _ = unsafe archive_read_support_filter_gzip(archive)
    _ = unsafe archive_read_support_filter_xz(archive)
    _ = unsafe archive_read_support_filter_zstd(archive)
    _ = unsafe archive_read_support_format_raw(archive)
    var entry: OpaquePointer?
    guard unsafe archive_read_open_fd(archive, file.rawValue, 1 << 16) == ARCHIVE_OK,
      unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { return nil }
    let memory = FileDescriptor(
      rawValue: unsafe memfd_create("kmemcheck", KMEM_MFD_CLOEXEC))
    guard memory.rawValue >= 0 else { return nil }
    guard unsafe copy(archive, to: memory) else {
      try? memory.close()
      return nil
    }
    return memory
  }

  private static func copy(_ archive: OpaquePointer, to memory: FileDescriptor) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while total <= limit {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe archive_read_data(archive, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return count == 0 }
      guard (try? memory.writeAll(piece[..<count])) != nil else { return false }
      total += count
    }
    return false
  }
}
