internal import Glibc
internal import SystemPackage

/// A file of moderate size that the user names, such as rules or a kept trace: it's read whole, and
/// neither an endless file nor a pipe that nobody writes into holds the program up.
package struct SmallFile {
  private let path: String
  private let limit: Int
  /// The seconds for which a pipe's writer is waited for.
  private let patience: Double

  /// The file at a path, of at most `limit` bytes.
  package init(_ path: String, limit: Int, patience: Double = 10) {
    self.path = path
    self.limit = limit
    self.patience = patience
  }

  /// The bytes of the file.
  ///
  /// - Throws: `SourceError`: `.noSuchInput`, `.notPermitted`, or `.badData` if it's too long, is no
  ///   file, or nothing comes.
  package func bytes() throws(SourceError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
      defer { try? file.close() }
      return try read(file)
    } catch let error as Errno {
      throw SourceError(error.kind, "\(path) can't be read: \(error)")
    } catch let error as SourceError {
      throw error
    } catch {
      throw SourceError(.badData, "\(path) can't be read: \(error)")
    }
  }

  private func read(_ file: FileDescriptor) throws -> [UInt8] {
    let end = ContinuousClock.now + .seconds(patience)
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      do {
        let count = unsafe try piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
        guard count > 0 else { break }
        bytes.append(contentsOf: piece[..<count])
      } catch Errno.resourceTemporarilyUnavailable {
        guard ContinuousClock.now < end else {
          throw SourceError(.badData, "\(path) can't be read: nothing came for \(Int(patience)) s")
        }
        usleep(10_000)
      }
      guard bytes.count <= limit else {
        throw SourceError(
          .badData,
          "\(path) holds more than \(limit >> 20) MiB, the most that is read of such a file")
      }
    }
    if bytes.isEmpty, isPipe(file) {
      throw SourceError(.badData, "\(path) is a pipe that nobody writes into")
    }
    return bytes
  }

  private func isPipe(_ file: FileDescriptor) -> Bool {
    var status = stat()
    return unsafe fstat(file.rawValue, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }
}
