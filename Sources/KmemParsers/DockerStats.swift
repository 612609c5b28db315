/// What `docker stats` and `podman stats` print of containers.
package struct DockerStats: Hashable, Sendable, ProcessForm {
  /// The containers in the order in which they are listed.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if no line is a container, or the kernel counts none of their memory.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension DockerStats: ParsedFile, ToldByMarks {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/docker-stats", words: "docker stats",
    example:
      "5818fcc14d19   web   0.22%   120.5MiB / 7.6GiB   1.55%   2.3kB / 648B   29MB / 0B   12",
    title: "docker stats",
    marks: [TextMark(.unmistakable, within: "MEM USAGE / LIMIT")],
    secrets: .everything, isLive: false)

  /// A container.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    row(line.trimmed()) == nil ? nil : true
  }

  /// Containers come again in every moment.
  package static var recurrence: RowRecurrence { .tellsNothing }
}

extension DockerStats {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    (rows, remarks) = try KmemParsers.rows(
      text, of: Self.file, below: "MEM USAGE / LIMIT", commands: ["docker", "stats"], Self.row)
    guard rows.contains(where: { $0.resident?.bytes ?? 0 > 0 }) else {
      throw ParseError(
        line: 0,
        reason:
          "docker stats shows 0 B for each container: this kernel counts no memory of control "
          + "groups; boot with cgroup_enable=memory")
    }
  }

  /// Identity and name, the share of processors, then `MEMORY / LIMIT`; units may stand apart: `1.02 GB`.
  private static func row(_ line: Span<UInt8>) -> ProcessRow? {
    let words = line.words
    guard let share = words.firstIndex(where: { $0.hasSuffix("%") }), share > 0 else { return nil }
    let rest = words[(share + 1)...]
    guard let stroke = rest.firstIndex(of: "/"), stroke - share <= 3, stroke + 1 < words.count
    else { return nil }
    let memory = Array(rest[..<stroke].joined().utf8)
    var row = ProcessRow()
    row.command = words[share - 1]
    row.resident = PrintedAmount(memory.span, base: .decimal)
    return row.resident == nil ? nil : row
  }
}
