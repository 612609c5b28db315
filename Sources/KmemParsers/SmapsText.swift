/// `/proc/PID/smaps` or `smaps_rollup` as somebody pasted it: of one process or several, cut anywhere.
package struct SmapsText: Hashable, Sendable, ProcessForm {
  /// The processes in the order in which they are listed.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the text.
  ///
  /// - Throws: `ParseError` if no mapping has its resident memory.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension SmapsText: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/smaps", words: "smaps", example: "Rss:                4732 kB", title: "smaps",
    marks: [
      TextMark(.usual, line: "Pss:  "), TextMark(.usual, line: "Private_Dirty:  "),
      TextMark(.typical, within: " [rollup]\n"),
    ], secrets: .everything, isLive: false, limit: 16 << 20)

  /// The line above a mapping's amounts, or one of these that nothing else prints.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    let line = line.trimmed()
    guard line.count > 12 else { return nil }
    if line.starts(with: "Pss: ") || line.starts(with: "Private_Dirty: ") { return .row }
    // Few lines get beyond their first byte here.
    guard Ascii.isDigit(line[0]) || (line[0] | 0x20) &- UInt8(ascii: "a") < 6 else { return nil }
    return Smaps.Mapping(header: line) == nil ? nil : .row
  }

  /// An amount of a mapping.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    let line = line.trimmed()
    let colon = line.offset(ofByte: Ascii.colon)
    guard colon < line.count else { return false }
    var hint = 0
    let name = line.extracting(0..<colon)
    return SmapsAmounts.Key.names.key(name, hint: &hint) != nil || name.equals("VmFlags")
      || name.equals("THPeligible") || name.equals("ProtectionKey") || name.equals("Name")
  }

  /// Amounts come again in every mapping.
  package static var recurrence: RowRecurrence { .tellsNothing }
}

extension SmapsText {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    let unknown = Array("0-0 ---- 0 00:00 0 a mapping that isn't told".utf8)
    var reader = SmapsReader()
    var processes = SmapsProcesses()
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      if Self.isOther(line) {
        processes.readPath(line)
        if !line.isEmpty, !line.isCommand("smaps") {
          remarks.noteStray(line: lines.number, "no line of smaps", line)
        }
        continue
      }
      // Cut at its beginning, the text has amounts of a mapping that isn't told.
      if Smaps.Mapping(header: line) == nil, !processes.hasHeader {
        reader.take(unknown.span) { processes.add($0) }
      }
      processes.hasHeader = true
      reader.take(line) { processes.add($0) }
    }
    reader.finish { processes.add($0) }
    rows = processes.finished()
    guard !rows.isEmpty else { throw Self.file.refusal(of: text) }
  }

  private static func isOther(_ line: Span<UInt8>) -> Bool {
    sign(of: line) == nil && holds(line) != true
  }
}

/// The processes of the mappings read so far.
private struct SmapsProcesses {
  /// Whether a mapping has begun.
  var hasHeader = false
  private var sum = MappingSum()
  private var last: UInt64 = 0
  private var rows: [ProcessRow] = []
  private var pid: Int?
  private var program = ""

  /// Adds a mapping; addresses ascend within a process.
  mutating func add(_ mapping: Smaps.Mapping) {
    guard let resident = mapping.amounts[.rss] else { return }
    let isRollup = mapping.path == "[rollup]"
    if mapping.start < last || isRollup { close() }
    last = isRollup ? .max : mapping.start
    if isRollup {
      sum.total = resident
    } else {
      sum.add(
        resident, name: mapping.path.isEmpty ? "plain memory" : mapping.path, at: mapping.start)
    }
    if program.isEmpty, mapping.path.hasPrefix("/"), !mapping.path.contains(".so") {
      program = mapping.path
    }
    sum.proportional = Self.plus(sum.proportional, mapping.amounts[.pss])
    sum.swap = Self.plus(sum.swap, mapping.amounts[.swap])
    let own = Self.plus(mapping.amounts[.privateClean], mapping.amounts[.privateDirty])
    sum.unique = Self.plus(sum.unique, own)
  }

  /// Takes the process's number from a path, as in `$ cat /proc/4321/smaps`.
  mutating func readPath(_ line: Span<UInt8>) {
    guard let place = line.offset(of: "/proc/") else { return }
    let rest = line.extracting((place + 6)..<line.count)
    let end = rest.offset(ofByte: UInt8(ascii: "/"))
    guard end < rest.count, rest.extracting(end..<rest.count).starts(with: "/smaps"),
      let number = rest.extracting(0..<end).decimal.flatMap(Int.init(exactly:))
    else { return }
    close()
    pid = number
  }

  private static func plus(_ one: Int64?, _ other: Int64?) -> Int64? {
    guard let one, let other else { return one ?? other }
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  private mutating func close() {
    guard let row = sum.row(pid: pid, command: program) else { return }
    rows.append(row)
    (sum, pid, program, last) = (MappingSum(), nil, "", 0)
  }

  mutating func finished() -> [ProcessRow] {
    close()
    return rows
  }
}
