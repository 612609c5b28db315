import KmemParsers
import KmemReport
import KmemSources
import SystemPackage

/// A kept trace.
struct TraceInput {
  let path: String

  /// Whether a file begins as kept traces do.
  static func isLikely(_ path: String) -> Bool {
    guard LiveFacts.isFile(path), let file = try? FileDescriptor.open(FilePath(path), .readOnly)
    else {
      return false
    }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: Self.beginning.count)
    let count = unsafe bytes.withUnsafeMutableBytes { (try? unsafe file.read(into: $0)) ?? 0 }
    return count == bytes.count && bytes == Self.beginning
  }

  private static let beginning = Array("kmemcheck trace ".utf8)

  /// - Throws: `Failure` if the file isn't there, or is no whole trace.
  func record() throws(Failure) -> TraceRecord {
    let bytes: [UInt8]
    do {
      bytes = try SmallFile(path, limit: 256 << 20).bytes()
    } catch {
      throw Failure(error)
    }
    do {
      return try TraceRecord(parsing: bytes.span)
    } catch {
      throw Failure(
        status: .badData,
        TraceRefusal.noTrace(path: path, line: error.line, reason: error.reason))
    }
  }
}
