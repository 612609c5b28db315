internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// One process of the running machine, read as a whole.
package struct LiveProcess: Sendable {
  /// The process's id.
  package let pid: Int
  private let directory: String

  /// The process of that id.
  package init(_ pid: Int) {
    self.pid = pid
    directory = "/proc/\(pid)"
  }

  /// Refuses an id that no process has, and that of a thread other than its process's first, which `/proc` opens
  /// too, though it doesn't list it.
  ///
  /// - Throws: `SourceError` with the process that the thread is of.
  package func check() throws(SourceError) {
    let status = readFile("\(directory)/status")
    // Of the files of others a status is the one that everybody may read, save where /proc hides them all.
    guard status.outcome != .absent, pid > 0 else { throw failure(.absent) }
    let lines = String(decoding: status.bytes, as: UTF8.self).split(separator: "\n")
    guard let owner = lines.first(where: { $0.hasPrefix("Tgid:") })?.split(separator: "\t").last,
      let process = Int(owner), process != pid
    else { return }
    throw SourceError(.noSuchInput, "\(pid) is a thread of process \(process): name the process")
  }

  /// Its small files: `stat`, `status`, `cmdline`.
  ///
  /// - Throws: `SourceError` if there is no such process, or nothing of it may be read.
  package func capture() throws -> Capture {
    var capture = Capture(origin: "live kernel", kind: .live)
    for name in ["stat", "status", "cmdline"] {
      let reading = readFile("\(directory)/\(name)")
      if name == "stat", reading.outcome != .read { throw failure(reading.outcome) }
      capture.sources["proc/\(pid)/\(name)"] = reading
    }
    return capture
  }

  /// Hands over the text of its `smaps` in pieces.
  ///
  /// - Throws: `SourceError` if it may not be read, or the process has ended.
  package func readMaps(_ receive: (Span<UInt8>) -> Void) throws {
    do {
      let file = try FileDescriptor.open(
        FilePath("\(directory)/smaps"), .readOnly, options: [.closeOnExec])
      defer { try? file.close() }
      var piece = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = unsafe try piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
        guard count > 0 else { return }
        receive(piece.span.extracting(0..<count))
      }
    } catch let error as Errno {
      throw error == .noSuchProcess ? failure(.absent) : failure(error.outcome)
    }
  }

  private func failure(_ outcome: Outcome) -> SourceError {
    switch outcome {
    case .denied:
      SourceError(
        .notPermitted,
        geteuid() == 0
          ? "process \(pid) may not be read, not even by root: it belongs to another container or "
            + "a security module protects it"
          : "process \(pid) may not be read: run as root, or as the user whose process it is")
    case .absent where DirectoryEntry.Kind(of: directory) == .directory:
      SourceError(
        .noSuchInput, "this kernel has no /proc/\(pid)/smaps: CONFIG_PROC_PAGE_MONITOR isn't set")
    default: SourceError(.noSuchInput, "no process has the pid \(pid), or it has just ended")
    }
  }
}
