/// What became of a source when it was to be read.
package enum Outcome: String, Codable, Hashable, Sendable {
  /// Read to its end.
  case read
  /// There is no such file: the kernel lacks the feature, or the capture doesn't hold it.
  case absent
  /// The kernel refused to open or read it.
  case denied
  /// Reading took longer than the source's deadline; nothing of it is used.
  case timedOut
  /// Only its beginning is there: a limit was reached or the archive ends within it.
  case truncated
  /// Reading failed for another reason.
  case failed
  /// Left out on purpose, because reading it costs too much unasked or because of `--redact`.
  case skipped
}
