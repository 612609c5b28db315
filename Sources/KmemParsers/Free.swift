/// The table that `free` of procps prints, in any of its units and layouts.
///
/// Up to procps 3.3.9 it has columns `buffers` and `cached` and a row `-/+ buffers/cache`, later
/// `buff/cache` and `available`; `-w` takes the first of these apart again. No unit is printed unless
/// `-h` asks for it: it is told by the command above the table, else by the numbers.
package struct Free: Hashable, Sendable, MeminfoForm {
  /// The amounts of the rows `Mem:` and `Swap:` by the names of their lines of meminfo; `used` and
  /// `buff/cache`, which are sums, by the names of their columns.
  package private(set) var lines: [MeminfoLine] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if there is no row `Mem:`, or nothing tells the unit of its numbers.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Free: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/free", words: "free",
    example: "Mem:        24683656     1302844    19140264        8952     4564040    23380812",
    title: "free",
    marks: [
      TextMark(.typical, within: "buff/cache"), TextMark(.typical, within: "-/+ buffers"),
      TextMark(.usual, within: "buffers     cached"), TextMark(.usual, within: "buffers cached"),
      TextMark(.usual, within: "     shared     buffers       cache"),
    ], isLive: false)
}

extension Free {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var table = FreeTable()
    var lines = Lines(text)
    while let line = lines.next() {
      if !table.read(line.trimmed()) {
        remarks.noteStray(line: lines.number, "no row of free", line)
      }
    }
    guard let memory = table.memory else { throw Self.file.refusal(of: text) }
    guard let unit = table.unit else {
      throw ParseError(
        line: memory.line,
        reason: "free prints no unit, and these numbers may be MiB as well as GiB or KiB: put the "
          + "command above the table, as in \"$ free -m\"")
    }
    self.lines = table.lines(unit)
  }
}

/// The rows and columns of `free` while they are read.
private struct FreeTable {
  private struct Row {
    var line = 0
    var cells: [[UInt8]] = []

    /// The numbers without a letter behind them.
    var numbers: [UInt64] { cells.compactMap(FreeTable.decimal) }
  }

  private var columns: [String] = []
  private var memoryRow: Row?
  private var swapRow: Row?
  /// The row `-/+ buffers/cache:`, which versions up to 3.3.9 print, and that of busybox.
  private var adjustedRow: Row?
  private var lineNumber = 0
  /// The unit that the command above the table asks for, in bytes.
  private var asked: Int64?
  private var isDecimal = false

  var memory: (line: Int, cells: [[UInt8]])? { memoryRow.map { ($0.line, $0.cells) } }

  /// Reads a line; false if it is none of the table's.
  mutating func read(_ line: Span<UInt8>) -> Bool {
    lineNumber += 1
    guard !line.isEmpty else { return true }
    if readColumns(line) { return true }
    if let row = row(line, title: "Mem:") {
      (memoryRow, adjustedRow, swapRow) = (row, nil, nil)
    } else if let row = row(line, title: "Swap:") {
      swapRow = row
    } else if let row = row(line, title: "-/+ buffers/cache:") ?? row(line, title: "-/+ buffers:") {
      adjustedRow = row
    } else {
      return readCommand(line) || line.starts(with: "-/+ ") || line.starts(with: "Total:")
        || line.starts(with: "Low:") || line.starts(with: "High:") || line.starts(with: "Comm:")
    }
    return true
  }

  /// Reads the titles, which begin alike in all versions; prose may have the same words apart.
  private mutating func readColumns(_ line: Span<UInt8>) -> Bool {
    guard line.offset(of: "total ") != nil, line.offset(of: " used ") != nil else { return false }
    let words = line.words
    let first = words.indices.first { words[$0...].starts(with: ["total", "used", "free"]) }
    guard let first else { return false }
    columns = Array(words[first...])
    return true
  }

  private func row(_ line: Span<UInt8>, title: StaticString) -> Row? {
    guard line.starts(with: title) else { return nil }
    let start = title.utf8CodeUnitCount
    var row = Row(line: lineNumber)
    var words = Fields(line.extracting(start..<line.count))
    while let word = words.next() { row.cells.append(Array(copying: word)) }
    return row.cells.isEmpty ? nil : row
  }

  /// The columns by the heading, or where that wasn't copied, by the rows: versions that print
  /// `-/+ buffers/cache` have `buffers` and `cached`, later ones a sum of both, which with what is used
  /// and free makes all.
  private var layout: [String] {
    guard columns.isEmpty else { return columns }
    let old = ["total", "used", "free", "shared", "buffers", "cached"]
    guard adjustedRow == nil else { return old }
    let numbers = memoryRow?.numbers ?? []
    guard numbers.count >= 5 else { return ["total"] }
    let (rest, isOver) = numbers[0].subtractingReportingOverflow(numbers[1])
    let sum = numbers[2].addingReportingOverflow(numbers[4])
    guard !isOver, !sum.overflow,
      max(rest, sum.partialValue) - min(rest, sum.partialValue)
        <= numbers[0] / 50
    else { return ["total"] }
    return ["total", "used", "free", "shared", "buff/cache", "available"]
  }

  /// Reads `$ free -m` with its options; without one that names a unit, all versions print KiB.
  private mutating func readCommand(_ line: Span<UInt8>) -> Bool {
    var words = Fields(line)
    var isCommand = false
    // Prose has the word too, but no prompt before it, or another word behind it.
    var isPrompted = true
    while let word = words.next() {
      if !isCommand, word.equals("free") || word.ends(with: "/free") {
        isCommand = true
        let rest = words.rest.trimmed()
        guard isPrompted, rest.isEmpty || "-|&;>".utf8.contains(rest[0]) else { continue }
        (asked, isDecimal) = (1 << 10, false)
      }
      if isCommand, word[0] == UInt8(ascii: "-") { readOption(word) }
      isPrompted =
        word.equals("sudo") || "#$%>;&".utf8.contains(word[word.count - 1])
    }
    return isCommand
  }

  private mutating func readOption(_ word: Span<UInt8>) {
    if word.equals("--si") {
      isDecimal = true
    } else if let unit = Self.named[word.text] {
      asked = unit
    } else if word.count > 1, word[1] != UInt8(ascii: "-") {
      for index in 1..<word.count { asked = Self.units[word[index]] ?? asked }
    }
  }

  private static let units: [UInt8: Int64] = [
    UInt8(ascii: "b"): 1, UInt8(ascii: "k"): 1 << 10, UInt8(ascii: "m"): 1 << 20,
    UInt8(ascii: "g"): 1 << 30,
  ]

  private static let named: [String: Int64] = [
    "--bytes": 1, "--kibi": 1 << 10, "--mebi": 1 << 20, "--gibi": 1 << 30, "--kilo": 1000,
    "--mega": 1_000_000, "--giga": 1_000_000_000, "--tebi": 1 << 40, "--tera": 1_000_000_000_000,
  ]

  /// What a number without a letter counts, in bytes; nothing where that can't be told.
  ///
  /// The kernel counts whole pages: numbers that are all multiples of 4 are KiB, of 4096 bytes. Else a
  /// machine on which procps runs has at least 32 MiB, so that less than 32 of all are GiB; from 1024 on
  /// they are MiB, and no machine has 16 TiB of these.
  var unit: Int64? {
    if let asked {
      guard isDecimal, asked > 1 else { return asked }
      return [1 << 10: 1000, 1 << 20: 1_000_000, 1 << 30: 1_000_000_000][asked] ?? asked
    }
    // With letters behind them no unit is needed.
    guard let all = memoryRow?.cells.first.flatMap(Self.decimal), all > 0 else { return 1 }
    let others = [memoryRow, adjustedRow, swapRow].flatMap { $0?.numbers ?? [] }.filter { $0 > 0 }
    func areMultiples(of number: UInt64) -> Bool {
      others.count >= 4 && others.allSatisfy { $0.isMultiple(of: number) }
    }
    if all >= 32 << 20, areMultiples(of: 4096) { return 1 }
    // By chance, four numbers of MiB are multiples of 4 in one of 256 tables, six in one of 4096.
    if all >= (others.count < 6 ? 256 << 10 : 32 << 10), areMultiples(of: 4) { return 1 << 10 }
    if all < 32 { return 1 << 30 }
    if all >= 16 << 20 { return all >= 1 << 30 && areMultiples(of: 1024) ? 1 : 1 << 10 }
    return all >= 1024 ? 1 << 20 : nil
  }

  fileprivate static func decimal(_ cell: [UInt8]) -> UInt64? {
    let cell = cell.span
    return cell.decimal
  }

  /// The amounts by their lines of meminfo.
  func lines(_ unit: Int64) -> [MeminfoLine] {
    let isOld = layout.contains("cached")
    var lines: [MeminfoLine] = []
    for (column, key) in [
      ("total", Meminfo.Key.memTotal), ("free", .memFree), ("available", .memAvailable),
      ("buffers", .buffers), ("cached", .cached),
    ] {
      if let amount = amount(memoryRow, column, unit) { lines.append(MeminfoLine(key, amount)) }
    }
    // Up to 3.3.8 the column has MemShared, which 2.6 kernels no longer print: a zero tells nothing.
    if let shared = amount(memoryRow, "shared", unit), !isOld || shared.bytes > 0 {
      lines.append(MeminfoLine(.shmem, shared))
    }
    for column in ["used", "buff/cache", "cache"] {
      guard let amount = amount(memoryRow, column, unit) else { continue }
      lines.append(MeminfoLine(name: column, amount))
    }
    for (column, key) in [("total", Meminfo.Key.swapTotal), ("free", .swapFree)] {
      if let amount = amount(swapRow, column, unit) { lines.append(MeminfoLine(key, amount)) }
    }
    return lines
  }

  private func amount(_ row: Row?, _ column: String, _ unit: Int64) -> PrintedAmount? {
    guard let row, let place = layout.firstIndex(of: column), place < row.cells.count else {
      return nil
    }
    let cell = row.cells[place]
    return PrintedAmount(cell.span, unit: unit, base: isDecimal ? .decimal : .binary)
  }
}

extension Array where Element == UInt8 {
  fileprivate init(copying span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}

extension Span<UInt8> {
  func ends(with literal: StaticString) -> Bool {
    holds(literal, at: count - literal.utf8CodeUnitCount)
  }
}
