/// One process as `ps`, `top` or `smem` lists it; amounts are nothing where no column has them.
package struct ProcessRow: Hashable, Sendable {
  /// The process's id; nothing where no column has it.
  package internal(set) var pid: Int?
  /// The name, or the command line.
  package internal(set) var command = ""
  /// Resident memory; what is shared with others counts in each of them.
  package internal(set) var resident: PrintedAmount?
  /// Of the resident memory what others may share: `SHR` of top.
  package internal(set) var shared: PrintedAmount?
  /// Address space.
  package internal(set) var virtual: PrintedAmount?
  /// What is swapped out.
  package internal(set) var swap: PrintedAmount?
  /// Memory where each page counts by the share of its processes: `PSS` of smem.
  package internal(set) var proportional: PrintedAmount?
  /// What is freed when the process ends: `USS` of smem.
  package internal(set) var unique: PrintedAmount?
  /// The letters of the state; nothing where no column has them.
  package internal(set) var state: String?

  /// The command where the text doesn't tell it.
  package static let unnamed = "(unnamed)"
  /// Its mappings, where they are what is listed.
  package internal(set) var mappings: Mappings?

  /// The mappings of a process, as far as a text lists them.
  package struct Mappings: Hashable, Sendable {
    /// How many are listed.
    package let count: Int
    /// Whether the process's memory is that of all of them, listed or not.
    package let areAll: Bool
    /// The one with most resident memory; nothing where none is listed.
    package let largest: Mapping?
  }

  /// One of them.
  package struct Mapping: Hashable, Sendable {
    /// The file that is mapped, or what the tool calls other memory.
    package let name: String
    /// Where it begins; nothing where that was cut off.
    package let address: UInt64?
    /// What of it is in memory, in bytes.
    package let resident: Int64
  }

  /// Whether it is a thread of the kernel's, which `ps` puts in brackets and which has no memory.
  package var isKernelThread: Bool {
    command.hasPrefix("[") && resident?.bytes ?? 0 == 0 && virtual?.bytes ?? 0 == 0
  }
}

/// Reads tables of processes by the titles of their columns.
///
/// The column with the command may hold blanks: what stands before it is read from the left, what stands
/// behind it from the right.
struct ProcessRows {
  /// The rows in their order.
  private(set) var rows: [ProcessRow] = []
  /// Whether the last line was a ruler, behind which sums follow.
  private var isBehindRuler = false
  private var leading: [Column] = []
  private var trailing: [Column] = []
  /// How many times the titles of a table were read.
  private(set) var tables = 0

  /// What a column is, as far as it is used.
  private enum Column {
    case pid, resident, shared, virtual, swap, proportional, unique, state, thread, other
  }

  /// Whether the text says that its rows are of threads, which no column tells.
  var listsThreads = false

  /// Whether each row is of a thread: all of a process's have its id and its memory.
  var areThreads: Bool { leading.contains(.thread) || trailing.contains(.thread) }

  /// Each process once, as a process's memory counts once: of several rows of one the last counts,
  /// and of its threads' rows the first, which has the process's own name.
  var processes: [ProcessRow] {
    var places: [Int: Int] = [:]
    var processes: [ProcessRow] = []
    // Threads of one process show one process's memory, by which alone they are known to be that.
    var seen: Set<[Int64?]> = []
    for row in rows {
      let memory = [row.virtual?.bytes, row.resident?.bytes, row.shared?.bytes]
      if listsThreads, !seen.insert(memory).inserted { continue }
      if let pid = row.pid, let place = places[pid] {
        if !areThreads { processes[place] = row }
        continue
      }
      if let pid = row.pid { places[pid] = processes.count }
      processes.append(row)
    }
    return processes
  }

  /// Reads a line; false if it is neither titles nor a row.
  mutating func read(_ line: Span<UInt8>) -> Bool {
    if readTitles(line) { return true }
    if !line.isEmpty, line[0] == UInt8(ascii: "-"), line.offsetOfBlank(from: 0) == line.count {
      isBehindRuler = true
      return true
    }
    guard tables > 0 else { return false }
    if isBehindRuler { return true }
    guard let row = row(line) else { return false }
    rows.append(row)
    return true
  }

  /// Reads the titles; a table that begins again replaces the one before.
  private mutating func readTitles(_ line: Span<UInt8>) -> Bool {
    var words = Fields(line)
    var columns: [Column?] = []
    while let word = words.next() {
      guard word.decimal == nil else { return false }
      columns.append(Self.column(word))
    }
    // A process may have such words in its command, but has a number too.
    guard let command = columns.firstIndex(where: { $0 == nil }),
      columns.contains(where: { $0 == .resident || $0 == .proportional }),
      columns.count(where: { $0 == nil }) == 1, columns.count >= 2
    else { return false }
    leading = columns[..<command].compactMap(\.self)
    trailing = columns[(command + 1)...].compactMap(\.self)
    rows = []
    tables += 1
    isBehindRuler = false
    return true
  }

  /// What a title says of its column; nothing for that of the command.
  private static func column(_ title: Span<UInt8>) -> Column? {
    let title = title.text
    if ["COMMAND", "CMD", "Command", "ARGS", "Name", "UCMD", "CMDLINE", "UCOMM"].contains(title) {
      return nil
    }
    return titles[title] ?? .other
  }

  private static let titles: [String: Column] = [
    "PID": .pid, "RSS": .resident, "RES": .resident, "RSZ": .resident, "SHR": .shared,
    "VSZ": .virtual, "VIRT": .virtual, "Swap": .swap, "SWAP": .swap, "PSS": .proportional,
    "USS": .unique, "STAT": .state, "S": .state, "LWP": .thread, "SPID": .thread, "TID": .thread,
  ]

  private func row(_ line: Span<UInt8>) -> ProcessRow? {
    var row = ProcessRow()
    var fields = Fields(line)
    for column in leading {
      guard let field = fields.next(), Self.take(field, as: column, of: &row) else { return nil }
    }
    var end = line.count
    let start = line.offsetOfNonBlank(from: fields.offset)
    for column in trailing.reversed() {
      while end > start, Ascii.isBlank(line[end - 1]) { end -= 1 }
      var begin = end
      while begin > start, !Ascii.isBlank(line[begin - 1]) { begin -= 1 }
      guard begin > start, Self.take(line.extracting(begin..<end), as: column, of: &row) else {
        return nil
      }
      end = begin
    }
    row.command = start < end ? line.extracting(start..<end).trimmed().text : ""
    guard !row.command.isEmpty, row.resident != nil || row.proportional != nil else { return nil }
    return row
  }

  /// Takes the value of a column; false where an amount or the pid is none.
  private static func take(_ field: Span<UInt8>, as column: Column, of row: inout ProcessRow)
    -> Bool
  {
    switch column {
    case .other, .thread: return true
    case .state: row.state = field.text
    case .pid:
      row.pid = field.decimal.flatMap(Int.init(exactly:))
      return row.pid != nil
    case .resident: row.resident = amount(field)
    case .shared: row.shared = amount(field)
    case .virtual: row.virtual = amount(field)
    case .swap: row.swap = amount(field)
    case .proportional: row.proportional = amount(field)
    case .unique: row.unique = amount(field)
    }
    return column == .state || amount(field) != nil
  }

  private static func amount(_ field: Span<UInt8>) -> PrintedAmount? {
    PrintedAmount(field, unit: 1024)
  }
}

/// A tool's list of processes.
package protocol ProcessForm: ParsedFile {
  /// The processes in the order in which they are listed.
  var rows: [ProcessRow] { get }
}

/// The rows of a table of processes, with remarks on other lines; the prompt with the command is passed
/// over silently.
///
/// - Throws: `ParseError` if no line is a process.
func processRows(
  _ text: Span<UInt8>, of file: KernelFile, command: StaticString
) throws(ParseError) -> ([ProcessRow], [Remark]) {
  var table = ProcessRows()
  var remarks: [Remark] = []
  var lines = Lines(text)
  while let line = lines.next() {
    let line = line.trimmed()
    if !line.isEmpty, !table.read(line), !line.isCommand(command) {
      remarks.noteStray(line: lines.number, "no row of \(file.words)", line)
    }
  }
  guard !table.rows.isEmpty else { throw file.refusal(of: text) }
  return (table.processes, remarks)
}

/// The rows below the titles of a table, the last of several, with remarks on other lines; the prompt with
/// the command is passed over silently.
///
/// - Throws: `ParseError` if no line is a row.
func rows(
  _ text: Span<UInt8>, of file: KernelFile, below titles: StaticString, commands: [StaticString],
  _ row: (Span<UInt8>) -> ProcessRow?
) throws(ParseError) -> ([ProcessRow], [Remark]) {
  var rows: [ProcessRow] = []
  var remarks: [Remark] = []
  var lines = Lines(text)
  while let line = lines.next() {
    let line = line.trimmed()
    if line.offset(of: titles) != nil {
      rows = []
    } else if let row = row(line) {
      rows.append(row)
    } else if !line.isEmpty, !commands.contains(where: { line.isCommand($0) }) {
      remarks.noteStray(line: lines.number, "no row of \(file.words)", line)
    }
  }
  guard !rows.isEmpty else { throw file.refusal(of: text) }
  return (rows, remarks)
}
