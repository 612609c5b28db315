internal import CArchive
internal import SystemPackage

/// Writes a tar archive, compressed with Zstandard, to an open file.
@safe final class ArchiveWriter {
  private let archive: OpaquePointer
  /// Seconds since 1970 that every entry is stamped with.
  private let time: Int

  /// `hasBinaryNames` says that a path isn't plain ASCII.
  init(descriptor: CInt, time: Int, hasBinaryNames: Bool) throws {
    guard let archive = unsafe archive_write_new() else { throw Errno.noMemory }
    unsafe self.archive = unsafe archive
    self.time = time
    unsafe try check(archive_write_set_format_pax_restricted(archive))
    // In the C locale the library can't convert names and reads a null pointer. The option is set
    // only where a name needs it: GNU tar warns of it for every entry.
    if hasBinaryNames {
      unsafe try check(archive_write_set_format_option(archive, "pax", "hdrcharset", "BINARY"))
    }
    unsafe try check(archive_write_add_filter_zstd(archive))
    // Into a pipe, and into descriptor 1, the library would write full blocks: zeros behind the last
    // frame, at which zstd and tar fail.
    unsafe try check(archive_write_set_bytes_in_last_block(archive, 1))
    unsafe try check(archive_write_open_fd(archive, descriptor))
  }

  deinit { _ = unsafe archive_write_free(archive) }

  func add(file path: String, _ bytes: [UInt8]) throws {
    unsafe try addEntry(path) { entry in
      unsafe archive_entry_set_filetype(entry, 0o100000)
      unsafe archive_entry_set_perm(entry, 0o600)
      unsafe archive_entry_set_size(entry, la_int64_t(bytes.count))
    }
    guard !bytes.isEmpty else { return }
    let count = unsafe bytes.withUnsafeBytes {
      unsafe archive_write_data(archive, $0.baseAddress, $0.count)
    }
    guard count == bytes.count else { throw failure }
  }

  func add(link path: String, to target: String) throws {
    unsafe try addEntry(path) { entry in
      unsafe archive_entry_set_filetype(entry, 0o120000)
      unsafe archive_entry_set_perm(entry, 0o777)
      unsafe archive_entry_set_symlink(entry, target)
    }
  }

  /// Writes what is still held back; without it the archive is incomplete.
  func finish() throws { unsafe try check(archive_write_close(archive)) }

  private func addEntry(_ path: String, describe: (OpaquePointer) -> Void) throws {
    guard let entry = unsafe archive_entry_new() else { throw Errno.noMemory }
    defer { unsafe archive_entry_free(entry) }
    unsafe archive_entry_set_pathname(entry, path)
    unsafe archive_entry_set_mtime(entry, time, 0)
    unsafe describe(entry)
    unsafe try check(archive_write_header(archive, entry))
  }

  private func check(_ status: CInt) throws {
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw failure }
  }

  private var failure: any Error {
    let number = unsafe archive_errno(archive)
    if number > 0 { return Errno(rawValue: number) }
    let text = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return SourceError(.cannotWrite, text ?? "libarchive gives no reason")
  }
}
