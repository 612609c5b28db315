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
    line.contains("kmemleak") || line.contains("Kmemleak")
      || line.contains("Kernel memory leak detector")
      || Reason.allCases.contains { line.contains($0.rawValue) }
  }

  /// A line after which kmemleak is disabled for the rest of the boot, by a part of its text.
  enum Reason: String, CaseIterable {
    /// The pool of memory ran empty (since 5.4); the log goes on with `Cannot allocate a
    /// kmemleak_object structure`.
    case poolEmpty = "Memory pool empty"
    /// The log of early allocations overflowed (up to 5.3).
    case earlyLog = "Early log buffer exceeded"
    case overlap = "into the object search tree"
    case noMemory = "Cannot allocate a kmemleak_object structure"
  }

  /// The reason for which kmemleak disabled itself, with its line; a cause goes before its
  /// consequences.
  var reason: (reason: Reason, line: String)? {
    for reason in Reason.allCases {
      if let line = line(containing: reason.rawValue) { return (reason, line) }
    }
    return nil
  }

  /// The line printed once kmemleak has started, at the end of booting.
  var initialized: String? { line(containing: "Kernel memory leak detector initialized") }

  /// The line printed when kmemleak is disabled, for whatever reason.
  var disabled: String? { line(containing: "Kernel memory leak detector disabled") }

  /// The line that the scanner's thread started, if no later one says that it ended.
  var scannerStarted: String? {
    let last = lines.last { $0.contains("Automatic memory scanning thread") }
    return last?.contains("thread started") == true ? last : nil
  }

  private func line(containing text: String) -> String? { lines.first { $0.contains(text) } }
}
