/// Why a text was refused: the line and the reason, as a sentence without its full stop.
package struct ParseError: Error, Hashable, Sendable {
  /// The line, counted from 1; 0 when the text as a whole is meant.
  package let line: Int
  /// Why the text is refused, as words without a full stop.
  package let reason: String

  /// A refusal because of that line.
  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

/// Something a parser passed over or mended while it read the rest of the text.
package struct Remark: Hashable, Sendable {
  /// The line, counted from 1; 0 when the text as a whole is meant.
  package let line: Int
  /// What was odd about the line, as words without a full stop.
  package var reason: String {
    strays < 2 ? words : "\(words) (and \(strays - 1) line\(strays > 2 ? "s" : "") more)"
  }
  private let words: String
  /// How many lines the remark is of that belong to something else, as prose around a table does.
  fileprivate var strays = 0

  /// A remark on that line.
  package init(line: Int, reason: String) {
    self.line = line
    words = reason
  }
}

extension Array where Element == Remark {
  /// Adds a remark, unless so many were made that one more tells nothing.
  ///
  /// A binary file has a fault in every line; a report of each would hold more memory than the file.
  mutating func note(line: Int, _ reason: @autoclosure () -> String) {
    guard count < 100 else { return }
    append(Remark(line: line, reason: reason()))
  }

  /// Adds a remark on a line that is none of the table's: one for all of them, since people write what
  /// they like around what they paste.
  mutating func noteStray(line: Int, _ what: String, _ text: Span<UInt8>) {
    guard let index = firstIndex(where: { $0.strays > 0 }) else {
      var remark = Remark(line: line, reason: "\(what): \(text.text.prefix(40))")
      remark.strays = 1
      return append(remark)
    }
    self[index].strays += 1
  }
}
