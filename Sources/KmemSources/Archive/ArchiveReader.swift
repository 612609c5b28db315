internal import CArchive
internal import SystemPackage

/// One archive that libarchive reads from its beginning to its end, without unpacking it to disk.
///
/// Only filters and formats inside the library are allowed: for some others it would start a
/// program that the file chooses.
@safe final class ArchiveReader {
  private let archive: OpaquePointer
  /// The archive or the bytes that this archive is read from, which must live as long.
  private var feed: ArchiveFeed?
  /// What data is read into, while nobody reads.
  private var room: [UInt8] = []

  /// Why an archive can't be read on, in the library's words.
  struct Failure: Error { let reason: String }

  /// What the archive hands out next.
  enum Step {
    case entry(ArchiveEntry)
    /// An entry was left out, for this reason.
    case passed(String)
    case end
  }

  private init(isRawOnly: Bool) throws(Failure) {
    guard let archive = unsafe archive_read_new() else {
      throw Failure(reason: "libarchive can't be started")
    }
    unsafe self.archive = unsafe archive
    _ = unsafe archive_read_support_filter_gzip(archive)
    _ = unsafe archive_read_support_filter_bzip2(archive)
    _ = unsafe archive_read_support_filter_xz(archive)
    _ = unsafe archive_read_support_filter_lzma(archive)
    _ = unsafe archive_read_support_filter_zstd(archive)
    _ = unsafe archive_read_support_filter_lz4(archive)
    _ = unsafe archive_read_support_filter_compress(archive)
    _ = unsafe archive_read_support_format_raw(archive)
    _ = unsafe archive_read_support_format_empty(archive)
    guard !isRawOnly else { return }
    _ = unsafe archive_read_support_format_tar(archive)
    _ = unsafe archive_read_support_format_cpio(archive)
    _ = unsafe archive_read_support_format_zip(archive)
  }

  deinit { _ = unsafe archive_read_free(archive) }

  /// Reads from an open file, which the caller closes.
  convenience init(descriptor: CInt) throws(Failure) {
    try self.init(isRawOnly: false)
    guard unsafe archive_read_open_fd(archive, descriptor, 1 << 16) == ARCHIVE_OK else {
      throw failure
    }
  }

  /// What the function makes of the archive at the path, no link, which is open as long as it runs.
  ///
  /// - Throws: `Failure` if the file can't be opened or is no archive, and what the function throws.
  static func read<Value>(
    _ path: String, _ body: (ArchiveReader) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow])
    } catch {
      throw Failure(reason: "\(error)")
    }
    defer { try? file.close() }
    return try body(ArchiveReader(descriptor: file.rawValue))
  }

  /// Reads from the data of the entry that the other archive stands at, or from bytes.
  convenience init(_ feed: ArchiveFeed, isRawOnly: Bool = false) throws(Failure) {
    try self.init(isRawOnly: isRawOnly)
    self.feed = feed
    let context = unsafe Unmanaged.passUnretained(feed).toOpaque()
    let status = unsafe archive_read_open(
      archive, context, nil,
      { _, context, block in
        guard let context = unsafe context else { return -1 }
        return unsafe Unmanaged<ArchiveFeed>.fromOpaque(context).takeUnretainedValue().next(block)
      }, nil)
    guard status == ARCHIVE_OK else { throw failure }
  }

  private var failure: Failure {
    let text = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return Failure(reason: text ?? "libarchive gives no reason")
  }

  /// Whether this is no archive but one file, compressed or not.
  var isRaw: Bool { unsafe archive_format(archive) == ARCHIVE_FORMAT_RAW }
  var isEmpty: Bool { unsafe archive_format(archive) == ARCHIVE_FORMAT_EMPTY }
  var isCompressed: Bool { unsafe archive_filter_count(archive) > 1 }
  /// How many bytes came out of the filters so far.
  var unpackedBytes: Int { Int(unsafe archive_filter_bytes(archive, 0)) }
  /// How many bytes of the file went into the filters so far.
  var packedBytes: Int { Int(unsafe archive_filter_bytes(archive, -1)) }

  /// Goes on to the next entry.
  ///
  /// - Throws: `Failure` if the archive ends early or is damaged.
  func next() throws(Failure) -> Step {
    var entry: OpaquePointer?
    let status = unsafe archive_read_next_header(archive, &entry)
    switch status {
    case ARCHIVE_EOF: return .end
    case ARCHIVE_OK, ARCHIVE_WARN:
      guard let entry = unsafe entry, let described = unsafe ArchiveEntry(entry) else {
        return .passed("an entry whose name can't be read was passed over")
      }
      return .entry(described)
    case ARCHIVE_RETRY: return .passed("an entry is damaged and was passed over: \(failure.reason)")
    default: throw failure
    }
  }

  /// Reads up to as many bytes of the entry's data as fit; 0 at its end.
  func read(into room: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    while true {
      let count = unsafe archive_read_data(archive, room.baseAddress, room.count)
      if count >= 0 { return count }
      guard count == la_ssize_t(ARCHIVE_RETRY) else { throw failure }
    }
  }

  /// Room for a piece of data, of 16 KiB at least.
  func takeRoom() -> [UInt8] {
    guard !room.isEmpty else { return [UInt8](repeating: 0, count: 1 << 14) }
    defer { room = [] }
    return room
  }

  /// Takes the room back for the next entry.
  func keepRoom(_ chunk: [UInt8]) { room = chunk }

  /// Passes over data of the entry; false at its end.
  func skipBlock() throws(Failure) -> Bool {
    var block: UnsafeRawPointer?
    var size = 0
    var offset: la_int64_t = 0
    let status = unsafe archive_read_data_block(archive, &block, &size, &offset)
    guard status != ARCHIVE_EOF else { return false }
    guard status >= ARCHIVE_WARN else { throw failure }
    return true
  }
}

/// What an archive says about one of its entries.
struct ArchiveEntry {
  enum Kind: Hashable {
    case file
    case link(String)
    /// The same file as an earlier entry.
    case copy(String)
    case other
  }

  let path: String
  let kind: Kind

  /// The name as it stands in the archive where that is ASCII, as nearly always: to have the library
  /// turn it into UTF-8 took a tenth of reading a capture.
  private static func name(_ entry: OpaquePointer) -> String? {
    if let plain = unsafe archive_entry_pathname(entry).map({ unsafe String(cString: $0) }),
      plain.utf8.allSatisfy({ $0 < 0x80 })
    {
      return plain
    }
    let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    return unsafe name.map { unsafe String(cString: $0) }
  }

  /// Nothing if the name can't be read.
  init?(_ entry: OpaquePointer) {
    guard let name = unsafe Self.name(entry) else { return nil }
    path = name
    if let target = unsafe archive_entry_hardlink_utf8(entry) ?? archive_entry_hardlink(entry) {
      kind = unsafe .copy(String(cString: target))
    } else if let target = unsafe archive_entry_symlink_utf8(entry) ?? archive_entry_symlink(entry)
    {
      kind = unsafe .link(String(cString: target))
    } else {
      kind = unsafe archive_entry_filetype(entry) & 0o170000 == 0o100000 ? .file : .other
    }
  }
}
