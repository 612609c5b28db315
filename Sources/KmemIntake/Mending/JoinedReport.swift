internal import KmemParsers

/// The words with which lines of the kernel's reports on memory begin.
enum JoinedReport {
  /// Where lines begin; empty where none of the words is there that only a report has.
  static func starts(_ line: Span<UInt8>) -> [Int] {
    guard signs.isAny(in: line) else { return [] }
    var starts: [Int] = []
    var isReport = false
    var offset = line.offsetOfNonBlank(from: 0)
    while offset < line.count {
      if let word = word(line, at: offset) {
        isReport = isReport || word.isTelling
        starts.append(max(starts.last ?? 0, offset - word.before))
      }
      offset = line.offsetOfNonBlank(from: line.offsetOfBlank(from: offset))
    }
    return isReport ? starts.reduce(into: []) { if $0.last != $1 { $0.append($1) } } : []
  }

  /// Whether the line has a word that only a report has.
  static func isOne(_ line: Span<UInt8>) -> Bool { !starts(line).isEmpty }

  /// A line that begins at a word, or so many bytes before it.
  private struct Beginning {
    var isTelling = false
    var before = 0
  }

  private static func word(_ line: Span<UInt8>, at start: Int) -> Beginning? {
    for (word, isTelling) in words[Int(line[start])] where line.holds(word, at: start) {
      return Beginning(isTelling: isTelling)
    }
    switch line[start] {
    case UInt8(ascii: "K"):
      // `Out of memory: Killed process …` is one line.
      let isFirst = line.word(before: start).map { line[$0.upperBound - 1] != Ascii.colon } ?? true
      return line.holds("Killed process ", at: start) && isFirst ? Beginning() : nil
    case UInt8(ascii: "i"):
      guard line.holds("invoked oom-killer:", at: start) else { return nil }
      return Beginning(isTelling: true, before: line.back(from: start))
    case UInt8(ascii: "p"):
      guard line.holds("page allocation failure", at: start) else { return nil }
      return Beginning(isTelling: true, before: line.back(from: start))
    case UInt8(ascii: "f"):
      guard line.holds("free:", at: start), line.soon(start).offset(of: "kB min:") != nil else {
        return nil
      }
      return Beginning(isTelling: true, before: line.zone(before: start))
    case UInt8(ascii: "a"):
      // Those of a zone have a unit, and stand in its line.
      guard line.holds("active_anon:", at: start) else { return nil }
      let end = line.offsetOfBlank(from: start)
      let isCount = line.extracting((start + 12)..<end).decimal != nil
      let node = line.zone(before: start)
      return isCount || node > 0 ? Beginning(isTelling: true, before: node) : nil
    case UInt8(ascii: "["): return isTask(line, start) ? Beginning() : nil
    default: return number(line, start)
    }
  }

  /// Words that stand in nothing but a report.
  private static let telling: [StaticString] = [
    "Mem-Info:", "Mem-info:", "lowmem_reserve[]:", "Swap cache stats:", "Out of memory:",
    "Out of Memory:", "Memory cgroup out of memory", "oom-kill:constraint",
    "Memory cgroup stats for",
    "memory: usage ", "Unreclaimable slab info:", "Tasks state (memory values", "[ pid ]",
    "[  pid  ]",
  ]

  /// What lines have in which a report's words may stand.
  private static let signs = LiteralIndex(
    telling + [
      "invoked oom-killer:", "page allocation failure", "free:", "active_anon:", "*4kB",
      "hugepages_total=",
    ])

  /// Words that end what stands before them, where a report is.
  private static let others: [StaticString] = [
    "oom_reaper:", "Call Trace:", "Call trace:", "Hardware name:", "CPU: ",
    "Free swap ", "Total swap ", "Free swap:", "memory+swap: usage ", "swap: usage ",
    "kmem: usage ",
    "Task in /", "Normal per-cpu:", "DMA per-cpu:", "DMA32 per-cpu:", "HighMem per-cpu:",
    "Name Used Total",
  ]

  /// The words by their first byte.
  private static let words: [[(word: StaticString, isTelling: Bool)]] = (0..<256).map { byte in
    (telling.map { ($0, true) } + others.map { ($0, false) }).filter {
      $0.0.withUTF8Buffer { unsafe $0[0] == UInt8(byte) }
    }
  }

  /// `11105 total pagecache pages`, `65536 pages RAM`; and a zone's free blocks, `0*4kB`.
  private static func number(_ line: Span<UInt8>, _ start: Int) -> Beginning? {
    let end = line.offsetOfBlank(from: start)
    let word = line.extracting(start..<end)
    if Ascii.isDigit(line[start]) {
      if word.offset(of: "*4kB") == word.count - 4 {
        return Beginning(isTelling: true, before: line.zone(before: start, isMark: false))
      }
      let isSum = line.holds(" pages ", at: end) || line.holds(" total pagecache pages", at: end)
      return isSum && word.decimal != nil ? Beginning() : nil
    }
    guard word.starts(with: "hugepages_total=") else { return nil }
    return Beginning(isTelling: true, before: line.zone(before: start))
  }

  /// A row of the table of tasks: `[ 1234]     0  1234 …`.
  private static func isTask(_ line: Span<UInt8>, _ start: Int) -> Bool {
    let soon = line.soon(start)
    let close = soon.offset(ofByte: UInt8(ascii: "]"))
    guard close < 12, close < soon.count,
      let pid = soon.extracting(1..<close).trimmed().decimal
    else { return false }
    var fields = Fields(soon.extracting((close + 1)..<soon.count))
    return fields.next()?.decimal != nil && fields.next()?.decimal == pid
  }
}

extension Span<UInt8> {
  /// How far back the name of a task begins, which stands before words about it: `java invoked …`.
  fileprivate func back(from start: Int) -> Int {
    word(before: start).map { start - $0.lowerBound } ?? 0
  }

  /// How far back the zone or the node begins whose amounts stand there: `Node 0 DMA32 free:…`.
  ///
  /// `isMark` tells that a word with a colon is none: only a list of blocks has one behind its zone.
  fileprivate func zone(before start: Int, isMark: Bool = true) -> Int {
    guard let last = word(before: start), self[last.upperBound - 1] != Ascii.colon || !isMark
    else { return 0 }
    if self[last.lowerBound] &- UInt8(ascii: "A") < 26, let number = word(before: last.lowerBound),
      extracting(number).decimal != nil, let node = word(before: number.lowerBound),
      extracting(node).equals("Node")
    {
      return start - node.lowerBound
    }
    if extracting(last).decimal != nil, let node = word(before: last.lowerBound),
      extracting(node).equals("Node")
    {
      return start - node.lowerBound
    }
    return self[last.lowerBound] &- UInt8(ascii: "A") < 26 ? start - last.lowerBound : 0
  }
}
