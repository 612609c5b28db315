/// The mappings of a process as `pmap -x` or `pmap -X` prints them, with what of each is in memory.
package struct Pmap: Hashable, Sendable, ProcessForm {
  /// The processes in the order in which they are listed.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the tables of one process or several.
  ///
  /// - Throws: `ParseError` if no line is a mapping with its resident memory.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Pmap: ParsedFile, ToldByMarks {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/pmap", words: "pmap -x",
    example: "000000c000000000 12779520 9599484 9599484 rw---   [ anon ]", title: "pmap -x",
    marks: [
      TextMark(.unmistakable, within: "Kbytes     RSS"),
      TextMark(.unmistakable, within: "Kbytes RSS"),
      TextMark(.unmistakable, within: "Perm   Offset Device"),
      TextMark(.unmistakable, within: "Perm Offset Device"),
    ], secrets: .everything, isLive: false, limit: 16 << 20)

  /// A mapping, or the sums below them.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    PmapTable.address(line.trimmed()) != nil || line.trimmed().starts(with: "total ")
      ? true : nil
  }

  /// Mappings come again in every moment.
  package static var recurrence: RowRecurrence { .tellsNothing }
}

extension Pmap {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var table = PmapTable()
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty, !table.read(line), !line.isCommand("pmap") else { continue }
      remarks.noteStray(line: lines.number, "no row of pmap", line)
    }
    rows = table.finished()
    guard !rows.isEmpty else { throw Self.file.refusal(of: text) }
  }
}

/// The table of a process while it is read.
private struct PmapTable {
  private var columns: [String] = []
  private var sum = MappingSum()
  private var rows: [ProcessRow] = []
  private var pid: Int?
  private var command = ""

  /// Reads a line; false if it is none of the table's.
  mutating func read(_ line: Span<UInt8>) -> Bool {
    if readProcess(line) || readTitles(line) || isRuler(line) { return true }
    if line.starts(with: "total ") { return readTotal(line) }
    return readMapping(line)
  }

  /// The process above its mappings: `15080:   /usr/bin/server web`.
  private mutating func readProcess(_ line: Span<UInt8>) -> Bool {
    let colon = line.offset(ofByte: Ascii.colon)
    guard colon > 0, colon + 1 < line.count, Ascii.isBlank(line[colon + 1]) else { return false }
    let number = line.extracting(0..<colon).decimal.flatMap(Int.init(exactly:))
    guard number != nil || line.starts(with: "PROCESS:") else { return false }
    close()
    pid = number
    command = line.extracting((colon + 1)..<line.count).trimmed().text
    return true
  }

  private mutating func readTitles(_ line: Span<UInt8>) -> Bool {
    guard line.starts(with: "Address ") else { return false }
    let titles = line.words
    guard titles.contains(where: Self.isResident) else { return false }
    if !sum.isEmpty { close() }
    columns = titles
    return true
  }

  private static func isResident(_ title: String) -> Bool { title == "RSS" || title == "Rss" }

  private func isRuler(_ line: Span<UInt8>) -> Bool {
    line.indices.allSatisfy { "-= ".utf8.contains(line[$0]) }
  }

  /// The first address of a mapping, as at least eight digits.
  static func address(_ line: Span<UInt8>) -> UInt64? {
    var words = Fields(line)
    guard let word = words.next(), word.count >= 8 else { return nil }
    return word.hexadecimal
  }

  private mutating func readMapping(_ line: Span<UInt8>) -> Bool {
    guard let address = Self.address(line) else { return false }
    var words = Fields(line)
    var resident: Int64?
    for title in columns {
      guard title != "Mapping" else { break }
      guard let word = words.next() else { break }
      if Self.isResident(title) { resident = Self.bytes(word) }
    }
    // A row that was cut before its amount is one all the same.
    guard let resident else { return true }
    let name = words.rest.trimmed().text
    sum.add(resident, name: name.isEmpty ? "[ anon ]" : name, at: address)
    return true
  }

  /// KiB; versions that don't know an amount print a dash.
  private static func bytes(_ word: Span<UInt8>) -> Int64? {
    word.equals("-") ? 0 : PrintedAmount(word, unit: 1024)?.bytes
  }

  /// `total kB  13193920 9924272 9915340`: the columns behind the address.
  private mutating func readTotal(_ line: Span<UInt8>) -> Bool {
    guard let column = columns.firstIndex(where: Self.isResident) else { return true }
    var words = Fields(line.extracting(5..<line.count))
    var numbers: [Int64] = []
    while let word = words.next() {
      if let bytes = Self.bytes(word) { numbers.append(bytes) }
    }
    if column - 1 < numbers.count { sum.total = numbers[column - 1] }
    close()
    return true
  }

  private mutating func close() {
    if let row = sum.row(pid: pid, command: command) { rows.append(row) }
    (sum, pid, command) = (MappingSum(), nil, "")
  }

  mutating func finished() -> [ProcessRow] {
    close()
    return rows
  }
}
