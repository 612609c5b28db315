internal import CTracer
internal import Glibc
internal import KmemParsers
internal import SystemPackage

/// The directory of tracefs: where it's mounted, else mounted for a descriptor of this process alone, which
/// nobody else sees and which ends with it.
package enum TracefsDirectory {
  /// Opens it; whoever does closes it.
  ///
  /// A kernel that is locked down makes no files in tracefs (fs/tracefs/inode.c), so that nothing but a
  /// mount of our own would hold it: when such a tracefs goes, Linux 6.12 oopses (tracefs_destroy_inode).
  /// So none is mounted there.
  ///
  /// - Throws: `TracerError.noTracefs` with the reason why it can't be had.
  static func open() throws(TracerError) -> CInt {
    let mounted = tracer_mounted_tracefs()
    if mounted >= 0 { return mounted }
    guard !isLockedDown else { throw .noTracefs(.notPermitted) }
    let own = tracer_mount_tracefs()
    guard own >= 0 else { throw .noTracefs(Errno(rawValue: errno)) }
    return own
  }

  /// Whether the kernel is locked down so far that its memory can't be read: by its own word, and where
  /// securityfs isn't mounted, by what it was booted with.
  package static var isLockedDown: Bool {
    let told = text(Lockdown.path).flatMap(Lockdown.init(text:))
    return (told ?? booted) == .confidentiality
  }

  private static var booted: Lockdown? {
    text("/" + KernelCommandLine.file.path).flatMap { text in
      (try? KernelCommandLine(parsing: Array(text.utf8).span)).flatMap(Lockdown.init)
    }
  }

  /// The first 4 KiB of a file; nil where it can't be read.
  private static func text(_ path: String) -> String? {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else {
      return nil
    }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 4096)
    guard let count = try? unsafe bytes.withUnsafeMutableBytes({ try unsafe file.read(into: $0) })
    else { return nil }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
