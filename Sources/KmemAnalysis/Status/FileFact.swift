package import KmemSnapshot

/// What became of one file that `status` tried, and how it begins.
package struct FileFact: Hashable, Sendable {
  /// What became of the attempt to read the file.
  package var outcome: Outcome
  /// The error's text where the outcome isn't `read`.
  package var reason: String?
  /// Whether the file was empty; nothing where it wasn't read.
  package var isEmpty: Bool?

  /// Notes what became of a file.
  package init(_ outcome: Outcome, reason: String? = nil, isEmpty: Bool? = nil) {
    self.outcome = outcome
    self.reason = reason
    self.isEmpty = isEmpty
  }

  /// Notes what became of a file that was read; a text cut short counts as read.
  package init(_ reading: SourceReading) {
    let hasContents = reading.outcome == .read || reading.outcome == .truncated
    self.init(
      reading.outcome, reason: reading.reason,
      isEmpty: hasContents ? reading.bytes.isEmpty : nil)
  }
}

extension FileFact {
  /// Whether the kernel opened the file, so that it exists and may be read.
  var isReadable: Bool {
    switch outcome {
    case .read, .truncated, .timedOut: true
    case .absent, .denied, .failed, .skipped: false
    }
  }

  /// Whether the error was EBUSY: up to 3.14, the answer of a kmemleak that is disabled.
  var isBusy: Bool { says("busy", "EBUSY") }

  /// Whether the error was EPERM, as lockdown gives it, and not EACCES, as file modes give it.
  var isNotPermitted: Bool { says("not permitted", "EPERM") }

  /// Whether the error was EOPNOTSUPP: `/proc/pressure` opens and can't be read with `psi=0`.
  var isSwitchedOff: Bool { says("not supported", "EOPNOTSUPP") || says("switched off", "ENOTSUP") }

  private func says(_ words: String, _ symbol: String) -> Bool {
    guard let reason else { return false }
    return reason.lowercased().contains(words) || reason.contains(symbol)
  }
}
