internal import Glibc
internal import KmemSnapshot

extension LiveFacts {
  /// The text of `/proc/kallsyms`; empty where it can't be read.
  package static func symbols() -> [UInt8] { readFile("/proc/kallsyms").bytes }

  /// Processors that are online.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Seconds since 1970 UTC.
  package static var wallClock: Int64 { Int64(time(nil)) }

  /// Whether there is a regular file at the path.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether system calls of this process are filtered: `Seccomp` in `/proc/self/status` (3.8).
  package static var isFiltered: Bool {
    let text = String(decoding: readFile("/proc/self/status", limit: 8192).bytes, as: UTF8.self)
    return text.split(separator: "\n").contains { $0.hasPrefix("Seccomp:") && $0.hasSuffix("2") }
  }

  /// The first line of a small file; nil where it can't be read.
  package static func line(ofFile path: String) -> String? {
    let reading = readFile(path, limit: 4096)
    guard reading.outcome == .read else { return nil }
    return String(decoding: reading.bytes.prefix { $0 != 10 }, as: UTF8.self)
  }

  /// The bytes of a file that the user names.
  ///
  /// - Throws: `SourceError` if it can't be read.
  package static func bytes(ofFile path: String) throws(SourceError) -> [UInt8] {
    let reading = readFile(path, limit: 1 << 28)
    switch reading.outcome {
    case .read: return reading.bytes
    case .absent: throw SourceError(.noSuchInput, "\(path): there is no such file")
    case .denied: throw SourceError(.notPermitted, "\(path): only its owner or root may read it")
    default: throw SourceError(.badData, "\(path): \(reading.reason ?? "can't be read")")
    }
  }
}
