/// A tool's table of amounts that stand in meminfo too.
package protocol MeminfoForm: ParsedFile {
  /// The amounts that are lines of meminfo, and others that the tool makes of them.
  var lines: [MeminfoLine] { get }
}

/// An amount that a tool prints, by the name of the line of meminfo that it is.
package struct MeminfoLine: Hashable, Sendable {
  /// The line's name in meminfo; what no line of meminfo says is named as the tool names it.
  package let name: String
  /// The amount.
  package let amount: PrintedAmount

  init(_ key: Meminfo.Key, _ amount: PrintedAmount) {
    self.init(name: key.rawValue, amount)
  }

  init(name: String, _ amount: PrintedAmount) {
    self.name = name
    self.amount = amount
  }
}

extension Span<UInt8> {
  /// Whether it is a prompt with the tool's command behind it: `$ sudo slabtop -o`.
  func isCommand(_ tool: StaticString) -> Bool {
    guard let end = offset(of: "# ") ?? offset(of: "$ ") else { return equals(tool) }
    var words = Fields(extracting((end + 2)..<count))
    while let word = words.next() {
      if word.equals(tool) || word.ends(with: tool) { return true }
    }
    return false
  }
}

extension Meminfo {
  /// What a tool tells of meminfo: its lines, each with what rounding may hide.
  ///
  /// A name that occurs again keeps its first amount.
  package init(printed lines: [MeminfoLine]) {
    var names: Set<String> = []
    self.init(
      entries: lines.compactMap { line in
        names.insert(line.name).inserted ? Entry(line) : nil
      }, remarks: [])
  }

  /// These lines and one that a tool prints, which isn't among them.
  package func adding(_ line: MeminfoLine) -> Meminfo {
    Meminfo(entries: entries + [Entry(line)].compactMap(\.self), remarks: remarks)
  }
}

extension Meminfo.Entry {
  /// The line as meminfo has it; nothing for an amount below zero.
  fileprivate init?(_ line: MeminfoLine) {
    guard line.amount.bytes >= 0 else { return nil }
    self.init(
      name: line.name, value: UInt64(line.amount.bytes / 1024), isKilobytes: true,
      error: line.amount.error)
  }
}
