internal import Glibc
internal import SystemPackage

/// A file that the user names as input: opening it ends, and so does reading it.
struct InputFile {
  private let path: String
  /// The seconds for which a pipe's writer is waited for.
  private let patience: Double

  init(_ path: String, patience: Double = 30) {
    self.path = path
    self.patience = patience
  }

  /// Opens it for reading.
  ///
  /// A pipe with a name is waited for until something is in it. What a shell's `<(…)` names has a writer,
  /// which may take as long as it needs. Of a file of the kernel that waits for news, such as
  /// `/proc/kmsg`, is read what is there.
  ///
  /// - Throws: `Errno`, or `SourceError` if nothing comes.
  func open() throws -> FileDescriptor {
    let file = try FileDescriptor.open(
      FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
    do {
      let kind = Self.kind { unsafe fstat(file.rawValue, &$0) }
      if Self.kind({ unsafe lstat(path, &$0) }) == S_IFIFO { try awaitWriter(of: file) }
      if kind == S_IFIFO || isatty(file.rawValue) == 1 { _ = fcntl(file.rawValue, F_SETFL, 0) }
      return file
    } catch {
      try? file.close()
      throw error
    }
  }

  private func awaitWriter(of file: FileDescriptor) throws {
    var pipe = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
    var count: CInt
    repeat {
      count = unsafe poll(&pipe, 1, CInt(patience * 1000))
    } while count < 0 && errno == EINTR
    guard count == 0 else { return }
    throw SourceError(
      .badData, "\(path) is a pipe into which nobody wrote for \(Int(patience)) s")
  }

  private static func kind(_ ask: (inout stat) -> CInt) -> mode_t {
    var status = stat()
    return ask(&status) == 0 ? status.st_mode & S_IFMT : 0
  }
}
