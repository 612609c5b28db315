/// The processes as `ps` prints them: `ps aux`, or `ps -eo` with a column for resident memory.
package struct Ps: Hashable, Sendable, ProcessForm {
  /// The processes in the order in which they are listed.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if no line is a process.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    (rows, remarks) = try processRows(text, of: Self.file, command: "ps")
  }
}

extension Ps: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/ps", words: "ps",
    example: "root         1  0.0  0.0  41368 13728 ?        Ss   Nov26   0:11 /sbin/init",
    title: "ps",
    marks: [
      TextMark(.typical, within: "%CPU %MEM    VSZ   RSS"),
      TextMark(.typical, within: "%CPU %MEM VSZ RSS"),
      TextMark(.weak, within: " RSS COMMAND\n"), TextMark(.weak, within: " RSS CMD\n"),
      TextMark(.weak, within: "RSS TTY"), TextMark(.weak, line: "  RSS COMMAND\n"),
      TextMark(.typical, within: " RSS    VSZ CMD"),
      TextMark(.typical, within: " RSS    VSZ COMMAND"),
      TextMark(.weak, within: "VSZ   RSS"), TextMark(.weak, within: "%CPU   RSS"),
      TextMark(.weak, within: " RSS VSZ "), TextMark(.weak, within: "%CPU RSS "),
      TextMark(.weak, line: "  PID   RSS"),
      TextMark(.weak, line: "  RSS   PID"), TextMark(.weak, line: "PID RSS"),
    ], secrets: .everything, isLive: false, limit: 16 << 20)
}
