/// One source, or the sources that a pattern names, and what reading them costs.
package struct SourceSpec: Hashable, Sendable {
  /// What reading a source does to the machine.
  package enum Cost: String, Hashable, Sendable {
    /// The kernel prints counters that it keeps anyway.
    case cheap
    /// The kernel holds a lock of the allocator while it prints.
    case locks
    /// The read may wait for something that takes seconds, as for a kmemleak scan, or go on for
    /// minutes: the kernel walks all objects anew for each 4 KiB of a kmemleak report.
    case blocking
  }

  /// Whether the files or the symbolic links that the pattern names are wanted.
  package enum Kind: Hashable, Sendable {
    case file, link
  }

  package let pattern: PathPattern
  package let kind: Kind
  package let cost: Cost
  /// Why the source is read only when asked for; nil if it's always read.
  package let reasonToAsk: String?
  /// A file that must lie in the same directory, or the directory isn't one of those meant.
  package let companion: String?
  /// The most bytes kept.
  package let limit: Int

  package init(
    _ path: String, kind: Kind = .file, cost: Cost = .cheap, reasonToAsk: String? = nil,
    companion: String? = nil, limit: Int = 256 << 20
  ) {
    pattern = PathPattern(path)
    self.kind = kind
    self.cost = cost
    self.reasonToAsk = reasonToAsk
    self.companion = companion
    self.limit = limit
  }

  /// Whether it names files of each process.
  var isOfProcesses: Bool { pattern.text.hasPrefix("proc/[0-9]*/") }

  /// How long reading may take before the source is given up, in milliseconds.
  ///
  /// For a source that may block, it is how long reading may go without a byte.
  package var deadline: Double {
    switch cost {
    case .cheap: 1000
    case .locks: 3000
    case .blocking: 10000
    }
  }
}
