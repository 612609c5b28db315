/// A text that tells by its being there which kernel file it is written in.
package struct TextMark: Hashable, Sendable {
  /// What is looked for; a mark at the beginning of a line begins with a line feed.
  package let bytes: [UInt8]
  /// When it is looked for; marks of one rank are looked for in the order of the files.
  package let rank: Rank

  /// How surely a mark tells its file.
  ///
  /// The surest marks are looked for first, as a text may have several.
  package enum Rank: Int, CaseIterable, Sendable {
    /// Tells what is looked for even within another text, as a kmemleak report within a log.
    case anywhere
    /// No other file has it.
    case unmistakable
    /// Other kernel files don't have it, but a log may.
    case typical
    /// Other files may quote it.
    case usual
    /// A file that tells nothing better may be this one.
    case weak
  }

  /// A mark at the beginning of a line.
  package init(_ rank: Rank, line text: String) {
    bytes = Array("\n\(text)".utf8)
    self.rank = rank
  }

  /// A mark at any place.
  package init(_ rank: Rank, within text: String) {
    bytes = Array(text.utf8)
    self.rank = rank
  }
}
