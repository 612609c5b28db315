internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// Where a capture comes from.
package enum Location: Hashable, Sendable {
  /// The running machine.
  case now
  /// A directory, an archive, or one kernel file.
  case path(String)
  case standardInput
}

/// Reads the capture at a location.
///
/// - Throws: `SourceError` if there is nothing, or nothing that is understood.
package func capture(at location: Location, _ options: CaptureOptions = CaptureOptions()) throws
  -> Capture
{
  switch location {
  case .now: return try LiveKernel().capture(options)
  case .standardInput:
    return try ArchiveTree.capture(.standardInput, name: "standard input", options.limits)
  case .path(let path):
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let error = Errno(rawValue: errno)
      throw SourceError(error.kind, "\(path) can't be read: \(error)")
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      guard unsafe access(path, R_OK | X_OK) == 0 else {
        throw SourceError(.notPermitted, "\(path) can't be listed: \(Errno(rawValue: errno))")
      }
      return try DirectoryTree(path).capture(options)
    case S_IFBLK:
      throw SourceError(
        .badData, "\(path) is a block device; name a directory, an archive or a file")
    default: return try ArchiveTree(path).capture(options)
    }
  }
}
