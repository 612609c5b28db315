internal import Glibc
package import KmemParsers
internal import KmemSnapshot
internal import SystemPackage

/// The logs that tools write about the processes of a command, in a folder that goes with this value.
///
/// Each is named for the run of the command and the process: `3.4711`.
package final class ToolLogs {
  /// The folder's path.
  package let folder: String

  /// Makes a folder that only its user may look into, below another one.
  ///
  /// - Throws: `SourceError` if none can be made.
  package init(below parent: String) throws {
    Self.sweep(parent)
    var name = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
    let isMade = unsafe name.withUnsafeMutableBufferPointer { room in
      guard let start = room.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard isMade else {
      throw SourceError(
        .cannotWrite, "no folder for logs can be made in \(parent): \(Errno(rawValue: errno))")
    }
    folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { Self.remove(folder) }

  /// How the names of folders begin.
  private static let prefix = "kmemcheck-logs-"

  private static func remove(_ folder: String) {
    for entry in (try? listDirectory(folder)) ?? [] { _ = unsafe unlink("\(folder)/\(entry.name)") }
    _ = unsafe rmdir(folder)
  }

  /// Removes what runs of this user that were killed left behind more than a day ago.
  private static func sweep(_ parent: String) {
    let yesterday = Manifest.Timestamp.now().wall - 86400
    for entry in (try? listDirectory(parent)) ?? [] where entry.name.hasPrefix(prefix) {
      let folder = "\(parent)/\(entry.name)"
      var status = stat()
      guard unsafe lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        status.st_uid == geteuid(), Double(status.st_mtim.tv_sec) < yesterday
      else { continue }
      remove(folder)
    }
  }

  /// Hands over what the logs say, those of the first run first.
  ///
  /// A sanitizer says nothing where it finds nothing: `Processing thread`, which it writes with
  /// `log_threads=1` (`lsan_common.cpp`), tells that it looked.
  ///
  /// - Returns: how many logs say something.
  package func read(_ receive: ProgramLeakReader.Receiver) -> Int {
    var count = 0
    for (name, process) in logs {
      var reader = ProgramLeakReader()
      var (isNamed, hasLooked, size) = (false, false, 0)
      func take(_ event: ProgramLeakEvent) {
        if case .began = event { isNamed = true }
        receive(event)
      }
      _ = try? TextStream(path: "\(folder)/\(name)").read { piece in
        size += piece.count
        hasLooked = hasLooked || piece.contains("==Processing thread ")
        reader.read(piece) { take($0) }
      }
      reader.finish { take($0) }
      if hasLooked, !isNamed { receive(.clean(.sanitizer, process: process)) }
      count += size > 0 ? 1 : 0
    }
    return count
  }

  private var names: [String] { ((try? listDirectory(folder)) ?? []).map(\.name) }

  private var logs: [(name: String, process: Int64)] {
    names.compactMap { name -> (name: String, run: Int64, process: Int64)? in
      let parts = name.split(separator: ".").compactMap { Int64($0) }
      return parts.count == 2 ? (name, parts[0], parts[1]) : nil
    }.sorted { ($0.run, $0.process) < ($1.run, $1.process) }.map { ($0.name, $0.process) }
  }
}
