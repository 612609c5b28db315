internal import KmemParsers

/// The part of a text that is one kernel file.
package struct IntakeSection: Hashable, Sendable {
  /// The file's path, without a leading slash.
  package let path: String
  /// The lines of the file, and those between them.
  package internal(set) var text: [UInt8]
  /// The number of the first of them in the whole text, counted from 1.
  package let firstLine: Int
}

/// The kernel files of a text that belong to one moment.
package struct IntakeMoment: Hashable, Sendable {
  /// The files, in the text's order, each once.
  package internal(set) var sections: [IntakeSection] = []
  /// When it was, as the text says; nothing where it doesn't.
  package internal(set) var mark: TimeMark?
  /// The words that stand above it, such as `after 1 hour:`.
  package internal(set) var heading: String?

  /// The machine that the text names for it; nothing where it names none.
  package internal(set) var machine: String?

  /// The place of the first file that stands apart from those above it, and close to what comes next.
  var apart: Int?

  /// How many bytes of text it holds.
  package var bytes: Int { sections.reduce(0) { $0 + $1.text.count } }

  /// The text of that file; nothing where the moment hasn't got it.
  package subscript(path: String) -> [UInt8]? { sections.first { $0.path == path }?.text }

  /// What its meminfo says of all memory, as printed; nothing where it doesn't.
  var total: [UInt8]? {
    guard let text = self["proc/meminfo"], let place = text.span.offset(of: "MemTotal:") else {
      return nil
    }
    let end = text.span.offset(ofByte: Ascii.newline, from: place)
    return Array(text[(place + 9)..<end].filter(Ascii.isDigit))
  }
}
