import KmemParsers
import KmemReport
import KmemSources

/// A kept trace.
struct TraceInput {
  let path: String

  /// The trace of a file that says that it is one; nil for anything else.
  ///
  /// - Throws: `Failure` if the trace is damaged.
  static func recognized(_ path: String) throws(Failure) -> TraceRecord? {
    guard LiveFacts.isFile(path), LiveFacts.file(path, beginsWith: "kmemcheck trace ") else {
      return nil
    }
    return try TraceInput(path: path).record()
  }

  /// - Throws: `Failure` if the file isn't there, or is no whole trace.
  func record() throws(Failure) -> TraceRecord {
    let bytes: [UInt8]
    do {
      bytes = try SmallFile(path == "-" ? "/dev/stdin" : path, limit: 256 << 20).bytes()
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
