/// The table that `numastat -m` of numactl prints: the meminfo files of the nodes side by side, in MiB.
///
/// Where the terminal is narrow, the nodes stand in several tables, of which the last has the column
/// `Total`. Huge pages are in MiB too, those of the default size only.
package struct Numastat: Hashable, Sendable, MeminfoForm {
  /// The sums over all nodes by their lines of meminfo.
  package private(set) var lines: [MeminfoLine] = []
  /// How many nodes there are.
  package private(set) var nodes = 0
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table.
  ///
  /// - Throws: `ParseError` if no line is a row.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Numastat: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/numastat-m", words: "numastat -m",
    example: "MemTotal                10201.78        10201.78", title: "numastat -m",
    marks: [TextMark(.unmistakable, within: "Per-node system memory usage")], isLive: false)
}

extension Numastat {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var sums = NumastatSums()
    var lines = Lines(text)
    while let line = lines.next() {
      if !sums.read(line), !line.isCommand("numastat") {
        remarks.noteStray(line: lines.number, "no row of numastat -m", line)
      }
    }
    guard !sums.names.isEmpty else { throw Self.file.refusal(of: text) }
    nodes = sums.nodes
    for name in sums.names {
      guard let amount = sums.amount(name) else { continue }
      self.lines.append(MeminfoLine(name: Self.line(name), amount))
    }
  }

  /// The line of meminfo that has the amount in bytes: `HugePages_Total` is a count there.
  private static func line(_ name: String) -> String {
    name == "HugePages_Total" ? Meminfo.Key.hugetlb.rawValue : name
  }
}

/// The rows of all tables while they are read.
private struct NumastatSums {
  /// The rows' names in their order.
  private(set) var names: [String] = []
  private(set) var nodes = 0
  private var totals: [String: PrintedAmount] = [:]
  private var parts: [String: PrintedAmount] = [:]
  private var hasTotal = false

  /// The amount of all nodes: the column `Total`, else the sum of the others.
  func amount(_ name: String) -> PrintedAmount? { totals[name] ?? parts[name] }

  mutating func read(_ line: Span<UInt8>) -> Bool {
    var fields = Fields(line)
    guard let first = fields.next() else { return true }
    if first.equals("Node") {
      readColumns(line)
      return true
    }
    if first[0] == UInt8(ascii: "-") || first.equals("Per-node") || first.equals("Token") {
      return true
    }
    var amounts: [PrintedAmount] = []
    while let field = fields.next() {
      guard let amount = PrintedAmount(field, unit: 1 << 20) else { return false }
      amounts.append(amount)
    }
    guard let last = amounts.last, first.isLineName else { return false }
    // What the kernel counts in pages isn't negative.
    add(first.text, hasTotal ? Array(amounts.dropLast()) : amounts, total: hasTotal ? last : nil)
    return true
  }

  private mutating func readColumns(_ line: Span<UInt8>) {
    hasTotal = false
    var fields = Fields(line)
    while let field = fields.next() {
      if field.equals("Node") { nodes += 1 }
      if field.equals("Total") { hasTotal = true }
    }
  }

  private mutating func add(_ name: String, _ amounts: [PrintedAmount], total: PrintedAmount?) {
    // Counts of huge pages are given in MiB, and are no lines of their own.
    guard name != "HugePages_Free", name != "HugePages_Surp", name != "HugePages_Rsvd" else {
      return
    }
    if totals[name] == nil, parts[name] == nil { names.append(name) }
    if let total { totals[name] = total }
    for amount in amounts { parts[name] = parts[name].map { $0.plus(amount) } ?? amount }
  }
}

extension PrintedAmount {
  /// The sum; the largest number where it doesn't fit.
  func plus(_ other: PrintedAmount) -> PrintedAmount {
    let (bytes, overflow) = bytes.addingReportingOverflow(other.bytes)
    let (error, excess) = error.addingReportingOverflow(other.error)
    return PrintedAmount(bytes: overflow ? .max : bytes, error: excess ? .max : error)
  }
}

extension Span<UInt8> {
  /// Whether it can be the name of a line of meminfo: `Active(anon)`, `HugePages_Total`.
  var isLineName: Bool {
    guard !isEmpty, self[0] &- UInt8(ascii: "A") < 26 else { return false }
    for index in indices
    where !Ascii.isWord(self[index]) && self[index] != UInt8(ascii: "(")
      && self[index] != UInt8(ascii: ")")
    {
      return false
    }
    return true
  }
}
