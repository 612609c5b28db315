package import KmemParsers

/// One source, or the sources that a pattern names, and what reading them costs.
package struct SourceSpec: Hashable, Sendable {
  /// Whether the files or the symbolic links that the pattern names are wanted.
  package enum Kind: Hashable, Sendable {
    case file, link
  }

  /// The path of the source, or the paths of the sources.
  package let pattern: PathPattern
  /// Whether files or links are wanted.
  package let kind: Kind
  /// What reading a source does to the machine.
  package let cost: ReadingCost
  /// Why the source is read only when asked for; nil if it's always read.
  package let reasonToAsk: String?
  /// A file that must lie in the same directory, or the directory isn't one of those meant.
  package let companion: String?
  /// The most bytes kept.
  package let limit: Int
  /// Which fields of its text are replaced by redaction.
  package let secrets: Secrets
  /// Whether it says the same as long as its slab cache lives: `SlabMemory` may answer that.
  let isLasting: Bool
  /// Whether a kernel has the file in each of the directories that the pattern names, or in none: those
  /// that share one list of attributes.
  let isUniform: Bool

  /// A source that is read as told here.
  package init(
    _ path: String, kind: Kind = .file, cost: ReadingCost = .cheap, reasonToAsk: String? = nil,
    companion: String? = nil, limit: Int = 4 << 20, secrets: Secrets = .none,
    isLasting: Bool = false, isUniform: Bool = false
  ) {
    pattern = PathPattern(path)
    self.kind = kind
    self.cost = cost
    self.reasonToAsk = reasonToAsk
    self.companion = companion
    self.limit = limit
    self.secrets = secrets
    self.isLasting = isLasting
    self.isUniform = isUniform
  }

  /// A kernel file, read as it is declared, or no more of it than so many bytes.
  package init(_ file: KernelFile, limit: Int? = nil) {
    self.init(
      file.path, cost: file.cost, reasonToAsk: file.reasonToAsk, limit: limit ?? file.limit,
      secrets: file.secrets)
  }

  /// Whether it names files of each process.
  var isOfProcesses: Bool { pattern.text.hasPrefix("proc/[0-9]*/") }
}
