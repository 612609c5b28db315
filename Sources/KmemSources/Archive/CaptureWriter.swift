internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// Writes captures as archives that any later version reads.
///
/// A capture appears under its name only when all of it is on disk: it is written to a hidden file
/// in the same directory, which is then renamed.
package struct CaptureWriter {
  /// How the names of unfinished files begin and end.
  static let unfinished = (prefix: ".kmemcheck-", suffix: ".tmp")

  let capture: Capture
  private let manifest: Manifest

  /// - Throws: `SourceError` if the capture has no manifest: only live captures are written.
  package init(_ capture: Capture) throws {
    guard let manifest = capture.manifest else {
      throw SourceError(
        .badData, "\(capture.origin) has no manifest, so it can't be written as a capture")
    }
    self.capture = capture
    self.manifest = manifest
  }

  /// Writes the capture to a directory under a name of its own, which is never that of another
  /// file.
  ///
  /// - Throws: `SourceError` with the reason if it can't be written.
  package func write(toDirectory directory: String) throws -> String {
    Self.removeUnfinished(in: directory)
    let temporary = try writeTemporary(in: directory)
    for number in 1...1000 {
      let suffix = number == 1 ? "" : "-\(number)"
      let path = "\(directory)/\(manifest.captureName)\(suffix).tar.zst"
      if try rename(temporary, to: path, isReplacing: false) { return path }
    }
    unlink(temporary)
    throw SourceError(.cannotWrite, "\(directory) holds a thousand captures of this second")
  }

  /// Writes the capture to the path; a file that is there already is replaced at once and as a
  /// whole.
  ///
  /// A device or a pipe is written to in place: replacing it would take it from every program that
  /// uses it.
  ///
  /// - Throws: `SourceError` with the reason if it can't be written.
  package func write(to path: String) throws {
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try write(toSpecialFile: path)
    }
    let directory = FilePath(path).removingLastComponent().string
    let temporary = try writeTemporary(in: directory.isEmpty ? "." : directory)
    _ = try rename(temporary, to: path, isReplacing: true)
  }

  /// Writes the archive to an open file or pipe.
  ///
  /// - Throws: `SourceError` with the reason if it can't be written.
  package func write(toDescriptor descriptor: CInt) throws {
    let folder = manifest.captureName
    let names = [capture.sources.keys.map { $0 }, capture.links.map { $0.key + $0.value }].joined()
    let writer = try ArchiveWriter(
      descriptor: descriptor, time: Int(manifest.start.wall),
      hasBinaryNames: names.contains { !$0.utf8.allSatisfy { $0 < 0x80 } })
    try writer.add(file: "\(folder)/\(Manifest.path)", manifest.encoded())
    for (path, reading) in capture.sources.sorted(by: { $0.key < $1.key })
    where reading.outcome == .read || !reading.bytes.isEmpty {
      try writer.add(file: "\(folder)/\(path)", reading.bytes)
    }
    for (path, target) in capture.links.sorted(by: { $0.key < $1.key }) {
      try writer.add(link: "\(folder)/\(path)", to: target)
    }
    try writer.finish()
  }
}

extension CaptureWriter {
  private func write(toSpecialFile path: String) throws {
    do {
      let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.closeOnExec])
      defer { try? file.close() }
      try write(toDescriptor: file.rawValue)
    } catch {
      throw Self.failure(error, writing: path)
    }
  }

  /// Writes all of it to a hidden file and waits until the disk has it.
  private func writeTemporary(in directory: String) throws -> String {
    let name = "\(Self.unfinished.prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let path = "\(directory)/\(name)\(Self.unfinished.suffix)"
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
      defer { try? file.close() }
      try write(toDescriptor: file.rawValue)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      return path
    } catch {
      unlink(path)
      throw Self.failure(error, writing: directory)
    }
  }

  /// Gives the finished file its name; false if another file has it and isn't to be replaced.
  private func rename(_ temporary: String, to path: String, isReplacing: Bool) throws -> Bool {
    var status = unsafe isReplacing ? Glibc.rename(temporary, path) : link(temporary, path)
    if status == 0, !isReplacing { unlink(temporary) }
    if status != 0, errno == EEXIST, !isReplacing { return false }
    if status != 0, errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS, !isReplacing {
      // A file system without hard links: the name is looked for and then taken.
      guard DirectoryEntry.Kind(of: path) == .other else { return false }
      status = unsafe Glibc.rename(temporary, path)
    }
    guard status == 0 else {
      let error = Errno(rawValue: errno)
      unlink(temporary)
      throw Self.failure(error, writing: path)
    }
    syncDirectory(of: path)
    return true
  }

  private func unlink(_ path: String) { _ = unsafe Glibc.unlink(path) }

  /// Makes the new name survive a crash; a file system that can't do it is no reason to fail.
  private func syncDirectory(of path: String) {
    let directory = FilePath(path).removingLastComponent()
    guard
      let handle = try? FileDescriptor.open(
        directory.isEmpty ? "." : directory, .readOnly, options: [.directory, .closeOnExec])
    else { return }
    _ = fsync(handle.rawValue)
    try? handle.close()
  }

  /// Removes what a killed run left behind more than a day ago.
  private static func removeUnfinished(in directory: String) {
    let yesterday = Manifest.Timestamp.now().wall - 86400
    for entry in (try? listDirectory(directory)) ?? []
    where entry.name.hasPrefix(unfinished.prefix) && entry.name.hasSuffix(unfinished.suffix) {
      var status = stat()
      let path = "\(directory)/\(entry.name)"
      guard unsafe lstat(path, &status) == 0, Double(status.st_mtim.tv_sec) < yesterday else {
        continue
      }
      _ = unsafe Glibc.unlink(path)
    }
  }

  private static func failure(_ error: any Error, writing path: String) -> SourceError {
    guard let error = error as? Errno else {
      return SourceError(.cannotWrite, "\(path) can't be written: \(error)")
    }
    let remedy =
      switch error {
      case .noSpace, .diskQuotaExceeded: "; free some space or name another place with -o"
      case .permissionDenied, .notPermitted, .readOnlyFileSystem: "; name another place with -o"
      case .noSuchFileOrDirectory: "; make the directory first"
      default: ""
      }
    return SourceError(.cannotWrite, "\(path) can't be written: \(error)\(remedy)")
  }
}
