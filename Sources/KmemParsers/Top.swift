/// The screen of `top`: the lines on memory and swap in its head, and its rows.
///
/// procps 3.3 and later print `KiB Mem`, `MiB Mem` and so on, before it `Mem:` with a `k` behind each
/// number, as BusyBox does in another order. Numbers that don't fit end in `+` and are cut.
package struct Top: Hashable, Sendable, MeminfoForm, ProcessForm {
  /// The amounts of the head by their lines of meminfo; `used` and `buff/cache`, which are sums.
  package private(set) var lines: [MeminfoLine] = []
  /// The processes that the screen has.
  package private(set) var rows: [ProcessRow] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the screen; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if there is neither a line on memory nor a process.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Top: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/top", words: "top",
    example: "MiB Mem :  24105.1 total,  18691.7 free,   1271.6 used,   4457.8 buff/cache",
    title: "top",
    marks: [
      TextMark(.unmistakable, line: "KiB Mem"), TextMark(.unmistakable, line: "MiB Mem"),
      TextMark(.unmistakable, line: "GiB Mem"), TextMark(.usual, within: "k total, "),
      TextMark(.usual, within: "M total, "), TextMark(.usual, within: "G total, "),
      TextMark(.unmistakable, within: "K shrd, "), TextMark(.unmistakable, within: "avail Mem"),
      TextMark(.unmistakable, within: "VIRT    RES    SHR"),
      TextMark(.unmistakable, within: "VIRT  RES  SHR"),
      TextMark(.unmistakable, within: "VIRT RES SHR"),
    ], secrets: .everything, isLive: false, limit: 16 << 20)
}

extension Top {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var table = ProcessRows()
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      if line.isEmpty || table.read(line) { continue }
      if line.starts(with: "Threads:") { table.listsThreads = true }
      if table.tables == 0, Self.isRow(line) {
        // The titles weren't copied: the rows are those of all versions' own settings.
        let titles = Array("PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND".utf8)
        _ = table.read(titles.span)
        if table.read(line) { continue }
      }
      if let head = TopHead(line) {
        if head.isMemory { self.lines = [] }
        self.lines += head.lines
      } else if !Self.isKnown(line), !line.isCommand("top") {
        remarks.noteStray(line: lines.number, "no line of top", line)
      }
    }
    rows = table.processes
    guard !rows.isEmpty || !self.lines.isEmpty else { throw Self.file.refusal(of: text) }
  }

  /// Whether the line is a row with the columns that top has by default.
  private static func isRow(_ line: Span<UInt8>) -> Bool {
    let words = line.words
    return words.count >= 12 && words[0].utf8.allSatisfy(Ascii.isDigit)
      && words[7].utf8.count == 1 && "RSDZTtI".contains(words[7])
      && words[10].contains(":") && words[8].utf8.first.map(Ascii.isDigit) == true
  }

  private static func isKnown(_ line: Span<UInt8>) -> Bool {
    line.starts(with: "top - ") || line.starts(with: "Tasks:") || line.starts(with: "Threads:")
      || line.starts(with: "%Cpu") || line.starts(with: "Cpu") || line.starts(with: "CPU:")
      || line.starts(with: "CPU(s):") || line.starts(with: "Load average:")
      || line.offset(of: "load average:") != nil
  }
}

/// A line of the head: `MiB Mem : 24105.1 total, 18691.7 free, …`.
private struct TopHead {
  let isMemory: Bool
  private(set) var lines: [MeminfoLine] = []

  init?(_ line: Span<UInt8>) {
    guard let title = Self.title(line) else { return nil }
    isMemory = title.isMemory
    var amounts: [String: PrintedAmount] = [:]
    var start = title.end
    while start < line.count {
      let end = Self.end(line, from: start)
      if let item = Self.item(line.extracting(start..<end), unit: title.unit) {
        amounts[item.name] = item.amount
      }
      start = end + 1
    }
    guard !amounts.isEmpty else { return nil }
    isMemory ? takeMemory(amounts) : takeSwap(amounts)
  }

  /// The title with its unit: `KiB Mem :`, `Mem:`.
  private static func title(_ line: Span<UInt8>) -> (isMemory: Bool, unit: Int64, end: Int)? {
    guard let colon = line.offset(of: ":") else { return nil }
    var words = Fields(line.extracting(0..<colon))
    guard var word = words.next() else { return nil }
    var unit: Int64 = 1024
    if word.count == 3, word[1] == UInt8(ascii: "i"), word[2] == UInt8(ascii: "B") {
      guard let powers = units[word[0]], let next = words.next() else { return nil }
      unit = powers
      word = next
    }
    guard word.equals("Mem") || word.equals("Swap"), words.isAtEnd else { return nil }
    return (word.equals("Mem"), unit, colon + 1)
  }

  private static let units: [UInt8: Int64] = [
    UInt8(ascii: "K"): 1 << 10, UInt8(ascii: "M"): 1 << 20, UInt8(ascii: "G"): 1 << 30,
    UInt8(ascii: "T"): 1 << 40,
  ]

  /// Where an item ends: at a comma with a blank behind it, or at a full stop before `avail Mem`.
  private static func end(_ line: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < line.count {
      let isSeparator = line[end] == Ascii.comma || line[end] == UInt8(ascii: ".")
      if isSeparator, end + 1 == line.count || Ascii.isBlank(line[end + 1]) { return end }
      end += 1
    }
    return end
  }

  /// A number and what it is: `18691.7 free`, `64311.+total`, `4051792k total`.
  private static func item(
    _ text: Span<UInt8>, unit: Int64
  ) -> (name: String, amount: PrintedAmount)? {
    let text = text.trimmed()
    let plus = text.offset(ofByte: UInt8(ascii: "+"))
    let end = min(plus, text.offsetOfBlank(from: 0))
    guard end < text.count, let amount = PrintedAmount(text.extracting(0..<end), unit: unit) else {
      return nil
    }
    let name = text.extracting((end + 1)..<text.count).trimmed().text
    // Where digits were cut off, the last one printed stands for less than its unit.
    let isCut = plus < text.count && plus == end
    return (
      name, isCut ? PrintedAmount(bytes: amount.bytes, error: max(amount.error, unit)) : amount
    )
  }

  private mutating func takeMemory(_ amounts: [String: PrintedAmount]) {
    if let total = amounts["total"] {
      lines.append(MeminfoLine(.memTotal, total))
    } else if let used = amounts["used"], let free = amounts["free"] {
      // BusyBox prints no total; its used memory is all that isn't free.
      lines.append(MeminfoLine(.memTotal, used.plus(free)))
    }
    for (name, key) in [
      ("free", Meminfo.Key.memFree), ("buffers", .buffers), ("buff", .buffers),
      ("cached", .cached), ("shrd", .shmem),
    ] {
      guard let amount = amounts[name], name != "shrd" || amount.bytes > 0 else { continue }
      lines.append(MeminfoLine(key, amount))
    }
    for name in ["used", "buff/cache"] {
      if let amount = amounts[name] { lines.append(MeminfoLine(name: name, amount)) }
    }
  }

  private mutating func takeSwap(_ amounts: [String: PrintedAmount]) {
    for (name, key) in [
      ("total", Meminfo.Key.swapTotal), ("free", .swapFree), ("avail Mem", .memAvailable),
      ("cached Mem", .cached), ("cached", .cached),
    ] {
      if let amount = amounts[name] { lines.append(MeminfoLine(key, amount)) }
    }
  }
}
