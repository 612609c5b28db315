import KmemParsers

/// What the kernel log tells about kmemleak (`mm/kmemleak.c`).
package struct KmemleakLog: Hashable, Sendable {
  /// The lines that speak of kmemleak, the oldest first, of this boot only.
  package var lines: [String]
  /// Whether the log still holds the beginning of the boot; nothing where that isn't known.
  package var reachesBoot: Bool?

  /// Keeps the lines that speak of kmemleak.
  package init(lines: [String], reachesBoot: Bool? = nil) {
    self.lines = lines.filter(Self.isAboutKmemleak)
    self.reachesBoot = reachesBoot
  }

  /// Whether a line of the kernel log is kmemleak's.
  package static func isAboutKmemleak(_ line: String) -> Bool {
    line.contains("kmemleak") || meaning(of: line) != nil
  }

  private static func meaning(of line: String) -> KmemleakMessage.Meaning? {
    let bytes = Array(line.utf8)
    return KmemleakMessage.message(in: bytes.span)?.meaning
  }

  /// Why kmemleak is disabled for the rest of the boot; a cause goes before its consequences.
  enum Reason: CaseIterable {
    /// The pool of memory ran empty (since 5.4); the log goes on with `Cannot allocate a
    /// kmemleak_object structure`.
    case poolEmpty
    /// The log of early allocations overflowed (up to 5.3).
    case earlyLog
    case overlap
    case noMemory

    fileprivate var meaning: KmemleakMessage.Meaning {
      switch self {
      case .poolEmpty: .poolEmpty
      case .earlyLog: .earlyLogExceeded
      case .overlap: .overlap
      case .noMemory: .outOfMemory
      }
    }
  }

  /// The reason for which kmemleak disabled itself, with its line; a cause goes before its
  /// consequences.
  var reason: (reason: Reason, line: String)? {
    for reason in Reason.allCases {
      if let line = line(meaning: reason.meaning) { return (reason, line) }
    }
    return nil
  }

  /// The line printed once kmemleak has started, at the end of booting.
  var initialized: String? { line(meaning: .initialized) }

  /// The line printed when kmemleak is disabled, for whatever reason.
  var disabled: String? { line(meaning: .disabled) }

  /// The line that the scanner's thread started, if no later one says that it ended.
  var scannerStarted: String? {
    let last = lines.last {
      [.scannerStarted, .scannerEnded].contains(Self.meaning(of: $0))
    }
    return last.flatMap { Self.meaning(of: $0) == .scannerStarted ? $0 : nil }
  }

  private func line(meaning: KmemleakMessage.Meaning) -> String? {
    lines.first { Self.meaning(of: $0) == meaning }
  }
}
