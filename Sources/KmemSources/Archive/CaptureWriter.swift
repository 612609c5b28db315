internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// Writes captures as archives that any later version reads.
///
/// A capture appears under its name only when all of it is on disk; see `UnfinishedFile`.
package struct CaptureWriter {
  let capture: Capture
  private let manifest: Manifest

  /// - Throws: `SourceError` if the capture has no manifest: only live captures are written.
  package init(_ capture: Capture) throws {
    guard let manifest = capture.manifest else {
      throw SourceError(
        .badData, "\(capture.origin) has no manifest, so it can't be written as a capture")
    }
    self.capture = capture
    self.manifest = manifest.protected
  }

  /// Writes the capture to a directory under a name of its own, which is never that of another
  /// file.
  ///
  /// - Throws: `SourceError` with the reason if it can't be written.
  package func write(toDirectory directory: String) throws -> String {
    let file = try writeUnfinished(in: directory)
    for number in 1...1000 {
      let suffix = number == 1 ? "" : "-\(number)"
      let path = "\(directory)/\(manifest.captureName)\(suffix).tar.zst"
      if try publish(file, as: path, isReplacing: false) { return path }
    }
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
    let file = try writeUnfinished(in: directory.isEmpty ? "." : directory)
    _ = try publish(file, as: path, isReplacing: true)
  }

  /// Writes the capture to a path at which nothing is yet.
  ///
  /// - Throws: `SourceError` if something is there, or it can't be written.
  package func write(toNew path: String) throws {
    try Self.refuseExisting(path)
    let directory = FilePath(path).removingLastComponent().string
    let file = try writeUnfinished(in: directory.isEmpty ? "." : directory)
    guard try publish(file, as: path, isReplacing: false) else { throw Self.exists(path) }
  }

  /// - Throws: `SourceError` if anything is at the path, a link that leads nowhere too.
  package static func refuseExisting(_ path: String) throws(SourceError) {
    var status = stat()
    if unsafe lstat(path, &status) == 0 { throw exists(path) }
  }

  private static func exists(_ path: String) -> SourceError {
    SourceError(.cannotWrite, "\(path) exists and isn't replaced; name another file with -o")
  }

  /// Writes the archive to standard output.
  ///
  /// - Throws: `SourceError` with the reason if it can't be written.
  package func writeToStandardOutput() throws {
    do {
      try write(toDescriptor: STDOUT_FILENO)
    } catch {
      throw Self.failure(error, writing: "standard output")
    }
  }

  /// Writes the archive to an open file or pipe.
  ///
  /// - Throws: `Errno` or `SourceError` with the reason if it can't be written.
  package func write(toDescriptor descriptor: CInt) throws {
    let folder = manifest.captureName
    let names = [capture.sources.keys.map { $0 }, capture.links.map { $0.key + $0.value }].joined()
    let writer = try ArchiveWriter(
      descriptor: descriptor, time: Int(manifest.start.wall),
      hasBinaryNames: names.contains { !$0.utf8.allSatisfy { $0 < 0x80 } })
    var digests = CaptureDigests()
    func add(_ path: String, _ bytes: [UInt8]) throws {
      digests.add(file: path, bytes)
      try writer.add(file: "\(folder)/\(path)", bytes)
    }
    try add(Manifest.path, manifest.encoded)
    for (path, reading) in capture.sources.sorted(by: { $0.key < $1.key })
    where reading.outcome == .read || !reading.bytes.isEmpty {
      try add(path, reading.bytes)
    }
    for (path, target) in capture.links.sorted(by: { $0.key < $1.key }) {
      digests.add(link: path, to: target)
      try writer.add(link: "\(folder)/\(path)", to: target)
    }
    try writer.add(file: "\(folder)/\(CaptureDigests.path)", digests.contents)
    try writer.finish()
  }
}

extension CaptureWriter {
  private func write(toSpecialFile path: String) throws {
    do {
      let file = try OutputFile.open(path)
      defer { try? file.close() }
      try write(toDescriptor: file.rawValue)
    } catch {
      throw Self.failure(error, writing: path)
    }
  }

  /// Writes all of it to a file that nobody sees yet, and waits until the disk has it.
  private func writeUnfinished(in directory: String) throws -> UnfinishedFile {
    do {
      let file = try UnfinishedFile(in: directory)
      try write(toDescriptor: file.descriptor.rawValue)
      guard fsync(file.descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
      return file
    } catch {
      throw Self.failure(error, writing: directory)
    }
  }

  private func publish(_ file: UnfinishedFile, as path: String, isReplacing: Bool) throws -> Bool {
    do {
      return try file.publish(as: path, isReplacing: isReplacing)
    } catch {
      throw Self.failure(error, writing: path)
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
