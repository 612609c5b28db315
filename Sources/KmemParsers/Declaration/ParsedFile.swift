/// A type that stands for one kernel file and declares it.
package protocol DeclaredFile: Sendable {
  /// What is known of the file before its text is parsed.
  static var file: KernelFile { get }
}

extension DeclaredFile {
  /// Where the file lies below the root, without a leading slash.
  package static var path: String { file.path }
}

/// The records of a text, of which several kernel files may have the form.
package protocol ParsedText: Sendable {
  /// Parses the text.
  ///
  /// - Throws: `ParseError` if no line of the text has the form.
  init(parsing text: Span<UInt8>) throws(ParseError)

  /// What was passed over or mended.
  var remarks: [Remark] { get }
}

/// The records of one kernel file, with the declaration of that file and the forms of its lines.
package protocol ParsedFile: DeclaredFile, ParsedText, KnownLines {}
