/// One file of the kernel's as it was read, or what became of it.
package struct SourceReading: Hashable, Sendable {
  /// What became of the source.
  package var outcome: Outcome
  /// The reason in words where the outcome isn't `read`, such as the error's text.
  package var reason: String?
  /// What was read of it.
  package var bytes: [UInt8]
  /// How long reading took, in milliseconds; 0 where unknown.
  package var milliseconds: Double
  /// When it was read, in seconds since 1970 UTC, if that was earlier in the boot and what it says
  /// can't have changed since.
  package var rememberedSince: Double?
  /// The number of its first line in the text that it was taken out of, counted from 1.
  package var firstLine = 1

  /// A reading with that outcome.
  package init(
    outcome: Outcome, reason: String? = nil, bytes: [UInt8] = [], milliseconds: Double = 0,
    rememberedSince: Double? = nil
  ) {
    self.outcome = outcome
    self.reason = reason
    self.bytes = bytes
    self.milliseconds = milliseconds
    self.rememberedSince = rememberedSince
  }

  /// What is there when a limit kept it from being read on.
  package static func cut(_ bytes: [UInt8], milliseconds: Double = 0) -> SourceReading {
    SourceReading(
      outcome: .truncated, reason: "only its first \(bytes.count) bytes were kept", bytes: bytes,
      milliseconds: milliseconds)
  }

  /// No more of it than so many bytes.
  func cut(to limit: Int) -> SourceReading {
    guard bytes.count > limit else { return self }
    var reading = SourceReading.cut(Array(bytes.prefix(limit)), milliseconds: milliseconds)
    reading.firstLine = firstLine
    return reading
  }
}

extension Missing {
  /// Why nothing of a source was read; nothing where its text is there, if only in part.
  init?(_ reading: SourceReading) {
    let cause: Cause? =
      switch reading.outcome {
      case .read, .truncated: nil
      case .absent: .absent
      case .denied: .denied
      case .timedOut: .timedOut
      case .failed: .failed
      case .skipped: .skipped
      }
    guard let cause else { return nil }
    self.init(cause, reading.reason)
  }
}
