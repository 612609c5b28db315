internal import Glibc
internal import SystemPackage

/// Standard input that can be read more than once, each time from where it began.
package struct HeldInput: Sendable {
  private let start: Int64

  /// Takes a file as it is; what is piped in is copied to a file without a name, which is gone with
  /// the process.
  ///
  /// - Throws: `SourceError` if it can't be read, or there's no room for the copy.
  package init() throws {
    if let place = try? FileDescriptor.standardInput.seek(offset: 0, from: .current) {
      start = place
      return
    }
    do {
      let copy = try Self.unnamedFile()
      try Self.copy(to: copy)
      _ = try copy.duplicate(as: .standardInput)
      try copy.close()
      start = 0
    } catch let error as Errno {
      throw SourceError(.cannotWrite, "standard input can't be kept for a second reading: \(error)")
    }
  }

  /// Has the next reader begin at the start.
  package func rewind() {
    _ = try? FileDescriptor.standardInput.seek(offset: start, from: .start)
  }

  private static func unnamedFile() throws(Errno) -> FileDescriptor {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var path = Array("\(folder)/kmemcheck-XXXXXX".utf8CString)
    let file = unsafe mkstemp(&path)
    guard file >= 0 else { throw Errno(rawValue: errno) }
    _ = unsafe unlink(&path)
    return FileDescriptor(rawValue: file)
  }

  /// The most bytes that are copied: who pipes in more has a file to name.
  private static let limit = 1 << 30

  private static func copy(to copy: FileDescriptor) throws {
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var most = limit
    while true {
      let count = unsafe try piece.withUnsafeMutableBytes {
        unsafe try FileDescriptor.standardInput.read(into: $0)
      }
      guard count > 0 else { return }
      most -= count
      guard most >= 0 else {
        throw SourceError(.badData, "more than 1 GiB is piped in: name the file instead")
      }
      try copy.writeAll(piece[..<count])
    }
  }
}
