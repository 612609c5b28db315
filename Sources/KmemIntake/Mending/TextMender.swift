package import KmemParsers

/// Takes off a text what tools and people added to the lines of kernel files, piece by piece.
///
/// What was done is told in `remarks`: nothing is guessed silently.
package struct TextMender: Sendable {
  /// What was mended, each kind once, with the first line that it was found in.
  package internal(set) var remarks: [Remark] = []

  /// A mender that has read nothing yet.
  package init() {}

  /// Reads the next piece, which may end anywhere, and hands over mended text.
  package mutating func read(_ piece: Span<UInt8>, _ receive: (Span<UInt8>) -> Void) {
    receive(piece)
  }

  /// Hands over what is left once the text has ended.
  package mutating func finish(_ receive: (Span<UInt8>) -> Void) {}
}

extension TextMender {
  /// The whole text mended, with what was done; nothing where nothing was to be mended.
  package static func mended(_ text: [UInt8]) -> (text: [UInt8], remarks: [Remark])? { nil }
}
