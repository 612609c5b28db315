/// The processes as `smem` prints them, with proportional and unique memory.
package struct Smem: Hashable, Sendable, ProcessForm {
  /// The processes in the order in which they are listed; sums behind a ruler are left out.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table.
  ///
  /// - Throws: `ParseError` if no line is a process.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    (rows, remarks) = try processRows(text, of: Self.file, command: "smem")
  }
}

extension Smem: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/smem", words: "smem",
    example: "17584 root     qemu-system-x86_64 -M q35 -        0   501556   503414   507184",
    title: "smem",
    marks: [
      TextMark(.unmistakable, within: "USS      PSS      RSS"),
      TextMark(.unmistakable, within: "USS PSS RSS"),
    ], secrets: .everything, isLive: false, limit: 16 << 20)
}
