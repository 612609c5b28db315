import KmemParsers
import KmemReport
import KmemSources

/// A kept trace.
struct TraceInput {
  let path: String

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
