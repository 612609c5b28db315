internal import KmemParsers

/// A place in a line from which on the line is known as one of a kernel file or of its tools.
struct Anchor: Hashable {
  enum Kind: Hashable {
    /// `unreferenced object 0x…`, `kmemleak: `, or a line below one of these.
    case leakHeader, leakMarker, leakComm, leakDump, leakStack
    /// `MemFree:  1024 kB`, also without colon or with other units.
    case meminfo
    /// A line that begins at the margin in its file.
    case margin
    /// A line that its file or tool may indent.
    case other
  }

  let kind: Kind
  /// Where the line's own text begins, without indentation.
  let start: Int
  /// Where it was told from; a row of numbers is told from a word behind them.
  var mark: Int

  /// Whether it belongs to a kmemleak report, whose reader knows the marks of kernel logs itself.
  var isLeak: Bool { kind != .meminfo && kind != .margin && kind != .other }

  /// The blanks that the kernel puts before it.
  var indentation: Int {
    switch kind {
    case .leakComm, .leakDump, .leakStack: 2
    case .leakHeader, .leakMarker, .meminfo, .margin, .other: 0
    }
  }
}

extension Anchor {
  private init(kind: Kind, start: Int) {
    self.kind = kind
    self.start = start
    mark = start
  }

  /// The first anchor of the line.
  init?(in line: [UInt8]) {
    let span = line.span
    self.init(span)
  }

  /// The first anchor of the line at or after an offset.
  init?(_ line: Span<UInt8>, from first: Int = 0) {
    var start = first
    // Rows of slabtop have shares: of the numbers in other lines none begins such a row.
    let hasShares = first > 0 || line.contains(UInt8(ascii: "%"))
    while start < line.count {
      let byte = line[start]
      if Self.mayBegin[Int(byte)] {
        let isWordStart = start == 0 || !Ascii.isWord(line[start - 1])
        if isWordStart || byte == Ascii.colon, let found = Self.found(line, start, hasShares) {
          self = found
          mark = start
          return
        }
      }
      start &+= 1
    }
    return nil
  }

  private static let mayBegin: [Bool] = (0..<256).map { byte in
    let letter = UInt8(byte)
    let isCapital = letter &- UInt8(ascii: "A") < 26
    return isCapital || "uchbsk#:fn0t123456789".utf8.contains(letter)
  }

  /// Whether a line of a kmemleak report begins at the offset.
  static func isLeak(_ line: Span<UInt8>, at start: Int) -> Bool { leak(line, start) != nil }

  private static func found(
    _ line: Span<UInt8>, _ start: Int, _ hasShares: Bool
  ) -> Anchor? {
    if let kind = leak(line, start) { return Anchor(kind: kind, start: start) }
    switch line[start] {
    case UInt8(ascii: "s"):
      return line.holds("slabinfo - version:", at: start)
        ? Anchor(kind: .margin, start: start) : nil
    case UInt8(ascii: "#"):
      guard line.holds("# name ", at: start) else { return nil }
      return line.soon(start).offset(of: "<active_objs>") == nil
        ? nil : Anchor(kind: .margin, start: start)
    case Ascii.colon: return slabRow(line, colon: start)
    case UInt8(ascii: "N"):
      if let node = node(line, start) { return node }
    case UInt8(ascii: "f"): return allocation(line, function: start)
    case UInt8(ascii: "n"): return isCounter(line, start) ? Anchor(kind: .other, start: start) : nil
    case UInt8(ascii: "t"):
      return line.holds("total        used", at: start) ? Anchor(kind: .other, start: start) : nil
    case UInt8(ascii: "0"), UInt8(ascii: "1")...UInt8(ascii: "9"):
      return isNumbered(line, start) || hasShares && isSlabtopRow(line, start)
        ? Anchor(kind: .other, start: start) : nil
    default: break
    }
    if isTool(line, start) { return Anchor(kind: .other, start: start) }
    return MeminfoRow(line, at: start).map { _ in Anchor(kind: .meminfo, start: start) }
  }

  private static func leak(_ line: Span<UInt8>, _ start: Int) -> Kind? {
    switch line[start] {
    case UInt8(ascii: "u"):
      let isHeader =
        line.holds("unreferenced object 0x", at: start)
        || line.holds("unreferenced object (", at: start)
      return isHeader ? .leakHeader : nil
    case UInt8(ascii: "k"): return line.holds("kmemleak: ", at: start) ? .leakMarker : nil
    case UInt8(ascii: "c"): return line.holds("comm \"", at: start) ? .leakComm : nil
    case UInt8(ascii: "h"): return line.holds("hex dump (first ", at: start) ? .leakDump : nil
    case UInt8(ascii: "b"):
      let isStack =
        line.holds("backtrace:", at: start) || line.holds("backtrace (crc ", at: start)
      return isStack ? .leakStack : nil
    default: return nil
    }
  }

  /// `Node 0, zone`, or `Node 0 MemFree:`.
  private static func node(_ line: Span<UInt8>, _ start: Int) -> Anchor? {
    guard line.holds("Node ", at: start) else { return nil }
    var end = start + 5
    while end < line.count, Ascii.isDigit(line[end]) { end += 1 }
    guard end > start + 5 else { return nil }
    if line.holds(", zone ", at: end) { return Anchor(kind: .margin, start: start) }
    guard line.holds(" ", at: end), MeminfoRow(line, at: line.offsetOfNonBlank(from: end)) != nil
    else { return nil }
    return Anchor(kind: .meminfo, start: start)
  }

  /// `nr_free_pages 1234`, alone.
  private static func isCounter(_ line: Span<UInt8>, _ start: Int) -> Bool {
    guard line.holds("nr_", at: start) else { return false }
    let end = line.offsetOfBlank(from: start)
    return line.extracting(end..<line.count).trimmed().decimal != nil
  }

  /// What the tools print above their columns, or in them.
  private static func isTool(_ line: Span<UInt8>, _ start: Int) -> Bool {
    switch line[start] {
    case UInt8(ascii: "A"): line.holds("Active / Total ", at: start)
    case UInt8(ascii: "O"): line.holds("OBJS ACTIVE ", at: start)
    case UInt8(ascii: "P"): line.holds("Page allocated via order ", at: start)
    case UInt8(ascii: "U"):
      line.holds("USER ", at: start) && line.soon(start).offset(of: "PID") != nil
    default: false
    }
  }

  /// An area of vmallocinfo, `0x…-0x…`, or a line of `vmstat -s`: `123 K total memory`.
  private static func isNumbered(_ line: Span<UInt8>, _ start: Int) -> Bool {
    let end = line.offsetOfBlank(from: start)
    if line[start] == UInt8(ascii: "0") {
      guard line.holds("0x", at: start), end - start >= 21 else { return false }
      let area = line.extracting(start..<min(end, start + 64))
      guard let dash = area.offset(of: "-0x") else { return false }
      for index in (dash + 3)..<area.count where !area[index].isHexDigit { return false }
      var fields = Fields(line.extracting(end..<line.count))
      return fields.next()?.decimal != nil
    }
    return line.holds(" K ", at: end) && line.extracting(start..<end).decimal != nil
      && line.soon(end).offset(of: "memory") != nil
  }

  /// A row of slabtop: objects, those in use, a percentage, and the size of an object in K.
  private static func isSlabtopRow(_ line: Span<UInt8>, _ start: Int) -> Bool {
    var fields = Fields(line.soon(start))
    guard fields.next()?.decimal != nil, fields.next()?.decimal != nil,
      let use = fields.next(), use[use.count - 1] == UInt8(ascii: "%"), let size = fields.next()
    else { return false }
    return size[size.count - 1] == UInt8(ascii: "K") && size.contains(UInt8(ascii: "."))
  }

  // MARK: Found from within

  /// A row of slabinfo, found by its `: tunables`: a name before five numbers or more.
  private static func slabRow(_ line: Span<UInt8>, colon: Int) -> Anchor? {
    guard line.holds(": tunables ", at: colon) || line.holds(": slabdata ", at: colon) else {
      return nil
    }
    var (start, numbers) = (colon, 0)
    while let word = line.word(before: start) {
      start = word.lowerBound
      // A row of a table has strokes between its columns.
      if line.extracting(word).equals("|"), numbers > 0 || start < colon { continue }
      guard line.extracting(word).decimal != nil else { break }
      numbers += 1
    }
    guard numbers >= 5, start < colon else { return nil }
    let name = line.offsetOfName(in: start..<line.offsetOfBlank(from: start))
    return Anchor(kind: .margin, start: name)
  }

  /// A row of allocinfo, found by its `func:`: a size, a count, a place, and perhaps a module.
  private static func allocation(_ line: Span<UInt8>, function: Int) -> Anchor? {
    guard line.holds("func:", at: function), var place = line.word(before: function) else {
      return nil
    }
    if line[place.lowerBound] == UInt8(ascii: "[") {
      guard let before = line.word(before: place.lowerBound) else { return nil }
      place = before
    }
    guard let count = line.word(before: place.lowerBound), line.extracting(count).decimal != nil,
      let size = line.word(before: count.lowerBound), Ascii.isDigit(line[size.lowerBound])
    else { return nil }
    return Anchor(kind: .other, start: size.lowerBound)
  }
}

extension Span<UInt8> {
  /// The next bytes; looking further for each word would take a time that grows with the square.
  @_lifetime(copy self)
  func soon(_ start: Int) -> Span<UInt8> {
    extracting(Swift.min(start, count)..<Swift.min(start + 80, count))
  }

  /// Where a slab cache's name begins in a word, behind the file or the number that grep puts before it.
  ///
  /// Names have colons only in brackets, as `kmalloc-64(12:job)` of a control group has.
  fileprivate func offsetOfName(in word: Range<Int>) -> Int {
    var (name, isPath) = (word.lowerBound, false)
    for index in word {
      switch self[index] {
      case UInt8(ascii: "("): return name
      case Ascii.colon where index + 1 < word.upperBound:
        let isNumber = extracting(name..<index).decimal != nil
        guard isNumber || isPath || extracting(name..<index).equals("slabinfo") else { return name }
        (name, isPath) = (index + 1, false)
      case UInt8(ascii: "/"), UInt8(ascii: "."): isPath = true
      default: continue
      }
    }
    return name
  }

  /// The last word that ends before an offset.
  func word(before offset: Int) -> Range<Int>? {
    var end = offset
    while end > 0, Ascii.isBlank(self[end - 1]) { end -= 1 }
    var start = end
    while start > 0, !Ascii.isBlank(self[start - 1]) { start -= 1 }
    return start < end ? start..<end : nil
  }
}
