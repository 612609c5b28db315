internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// A text that other programs read under a name: they see the text before or this one, never a half.
package enum PublishedText {
  /// Writes the text beside the name, with mode 0644, and gives it the name when all of it is on disk.
  ///
  /// - Throws: `SourceError.cannotWrite` with the reason.
  package static func write(_ text: String, as path: String) throws {
    let parent = FilePath(path).removingLastComponent().string
    let directory = parent.isEmpty ? "." : parent
    do {
      let file = try UnfinishedFile(in: directory)
      try file.descriptor.writeAll(Array(text.utf8))
      guard fchmod(file.descriptor.rawValue, 0o644) == 0, fsync(file.descriptor.rawValue) == 0
      else { throw Errno(rawValue: errno) }
      _ = try file.publish(as: path, isReplacing: true)
    } catch {
      throw SourceError(.cannotWrite, "\(path) can't be written: \(error)")
    }
  }
}
