/// The list that `vmstat -s` of procps prints: amounts of memory and swap, and counters since boot.
///
/// The unit is printed with each amount: `K`, or after `-S` also `k`, `m` and `M`, of which small ones
/// are powers of 1000.
package struct VmstatSums: Hashable, Sendable, MeminfoForm {
  /// The amounts by their lines of meminfo, and `used`.
  ///
  /// What it calls "swap cache" is the page cache, since procps 3.3.10 with reclaimable slab: it is no
  /// line of meminfo.
  package private(set) var lines: [MeminfoLine] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the list.
  ///
  /// - Throws: `ParseError` if no line is an amount of memory.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension VmstatSums: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/vmstat-s", words: "vmstat -s", example: "24683656 K total memory", title: "vmstat -s",
    marks: [
      TextMark(.unmistakable, within: "K total memory"),
      TextMark(.unmistakable, within: "k total memory"),
      TextMark(.unmistakable, within: "M total memory"),
      TextMark(.unmistakable, within: "m total memory"),
      TextMark(.typical, within: "  total memory"),
    ], isLive: false)
}

extension VmstatSums {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      guard let number = fields.next() else { continue }
      guard number.decimal != nil, !fields.isAtEnd else {
        if line.isCommand("vmstat") { continue }
        remarks.note(line: lines.number, "no line of vmstat -s: \(line.text.prefix(40))")
        continue
      }
      // Old versions print no unit; they count in KiB.
      let letters = fields.rest
      let unit = letters.count > 2 && letters[1] == Ascii.space ? Self.unit(letters[0]) : nil
      let name = unit == nil ? letters : letters.extracting(2..<letters.count).trimmed()
      add(name, PrintedAmount(number, unit: unit ?? 1024))
    }
    guard !self.lines.isEmpty else { throw Self.file.refusal(of: text) }
  }

  private static func unit(_ letter: UInt8) -> Int64? {
    switch letter {
    case UInt8(ascii: "K"): 1 << 10
    case UInt8(ascii: "M"): 1 << 20
    case UInt8(ascii: "k"): 1000
    case UInt8(ascii: "m"): 1_000_000
    case UInt8(ascii: "B"): 1
    default: nil
    }
  }

  /// Adds a row by its two words; what a web page joined to the last row stands behind them.
  private mutating func add(_ words: Span<UInt8>, _ amount: PrintedAmount?) {
    guard let amount else { return }
    let first = words.offsetOfBlank(from: 0)
    let name = words.extracting(0..<words.offsetOfBlank(from: min(first + 1, words.count)))
    if name.equals("used memory") {
      lines.append(MeminfoLine(name: "used", amount))
    } else if let key = Self.keys[name.text] {
      lines.append(MeminfoLine(key, amount))
    }
  }

  private static let keys: [String: Meminfo.Key] = [
    "total memory": .memTotal, "active memory": .active, "inactive memory": .inactive,
    "free memory": .memFree, "buffer memory": .buffers, "total swap": .swapTotal,
    "free swap": .swapFree,
  ]
}
