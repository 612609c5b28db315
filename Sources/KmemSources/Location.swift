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
  try one(of: captures(at: location, options))
}

/// Reads the moments at a location that the choice names: one, or the first and the last of a text.
///
/// `catalog` is what is read of the running machine.
///
/// - Throws: `SourceError` as above, and if there is no such moment.
package func captures(
  at location: Location, _ options: CaptureOptions = CaptureOptions(),
  _ choice: MomentChoice = .last, catalog: SourceCatalog = .live
) throws -> [Capture] {
  switch location {
  case .now:
    _ = try choice.numbers(of: "now", count: 1)
    return [try LiveKernel(catalog: catalog).capture(options)]
  case .standardInput:
    return try ArchiveTree.captures(
      .standardInput, name: InputName.standardInput, options.limits, choice)
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
      _ = try choice.numbers(of: path, count: 1)
      return [try DirectoryTree(path).capture(options)]
    case S_IFBLK:
      throw SourceError(
        .badData, "\(path) is a block device; name a directory, an archive or a file")
    default: return try ArchiveTree(path).captures(options, choice)
    }
  }
}
