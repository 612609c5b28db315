extension Slabinfo {
  init(parsingClean text: Span<UInt8>) throws(ParseError) {
    // Rows have about 110 bytes; an array that grows would move each of them several times.
    var reader = SlabinfoReader(expectedRows: text.count / 100)
    var lines = Lines(text)
    while let line = lines.next() { try reader.read(line, number: lines.number) }
    reader.finish()
    guard reader.hasHeader || !reader.result.caches.isEmpty else {
      throw Self.file.refusal(of: text)
    }
    if !reader.hasHeader {
      reader.result.remarks.note(line: 0, "the header is missing; the rows look like version 2.1")
    }
    reader.result.hasHeader = reader.hasHeader
    self = reader.result
  }
}

/// Collects the rows of `/proc/slabinfo`, and joins those that a mail or a terminal wrapped.
private struct SlabinfoReader {
  var result = Slabinfo()
  private(set) var hasHeader = false
  private var header = SlabinfoHeader()
  /// The header, if it names statistics; handing none to each row is cheaper than empty lists.
  private var statistics: SlabinfoHeader?
  private var isInHeader = false
  /// The beginning of a row that isn't whole yet.
  private var unfinished: [UInt8] = []
  private var unfinishedLine = 0
  private var joinedRows = 0
  private var firstJoinedLine = 0

  init(expectedRows: Int) { result.caches.reserveCapacity(expectedRows) }

  mutating func read(_ line: Span<UInt8>, number: Int) throws(ParseError) {
    if addWholeRow(line) {
      isInHeader = false
    } else if line.starts(with: "slabinfo - version") {
      dropUnfinishedRow()
      try readVersion(line, number: number)
    } else if line.starts(with: "# name") {
      dropUnfinishedRow()
      header = SlabinfoHeader()
      addToHeader(line)
      hasHeader = true
      isInHeader = true
    } else if isInHeader, line.offset(of: "<") != nil {
      addToHeader(line)
    } else {
      isInHeader = false
      readPart(line, number: number)
    }
  }

  private mutating func addToHeader(_ line: Span<UInt8>) {
    header.add(line)
    statistics = header.global.isEmpty && header.processor.isEmpty ? nil : header
  }

  /// Adds the row if it's whole, as almost all are.
  private mutating func addWholeRow(_ line: Span<UInt8>) -> Bool {
    guard let cache = Slabinfo.Cache(row: line, header: statistics), isWhole(cache) else {
      return false
    }
    if !unfinished.isEmpty { dropUnfinishedRow() }
    add(cache)
    return true
  }

  private mutating func readVersion(_ line: Span<UInt8>, number: Int) throws(ParseError) {
    var words = Fields(line)
    while let word = words.next(), !word.equals("version:") {}
    let version = words.next()?.text ?? ""
    guard !version.isEmpty else {
      throw ParseError(
        line: number,
        reason: "the first line of /proc/slabinfo breaks off before its version, as where a text "
          + "ends in it")
    }
    guard version == "2.1" else {
      throw ParseError(
        line: number,
        reason: "this is version \(version.prefix(20)) of /proc/slabinfo, and only version 2.1 "
          + "is read, which Linux 2.6.10 and later print")
    }
    if hasHeader {
      result.remarks.note(
        line: number, "the header occurs again: a second file may follow the first")
    }
    hasHeader = true
    result.hasStatistics = result.hasStatistics || words.rest.equals("(statistics)")
  }

  private mutating func readPart(_ line: Span<UInt8>, number: Int) {
    guard !line.trimmed().isEmpty else { return dropUnfinishedRow() }
    if line.isEllipsis {
      dropUnfinishedRow()
      result.hasGap = true
      result.remarks.note(line: number, "rows were left out here")
      return
    }
    if unfinished.isEmpty || beginsRow(line) {
      dropUnfinishedRow()
      keep(line, number: number)
      if !beginsRow(line) { dropUnfinishedRow() }
    } else if unfinished.count + line.count < Self.longestRow {
      join(line)
    } else {
      dropUnfinishedRow()
      keep(line, number: number)
      dropUnfinishedRow()
    }
  }

  /// More than any row has: without a limit, a long text of something else would be read over and over.
  private static let longestRow = 1024

  /// Whether a name and numbers stand at the beginning of the line, as in the first part of a row.
  ///
  /// A part that follows begins with a number, a colon, or the name of a section.
  private func beginsRow(_ line: Span<UInt8>) -> Bool {
    var words = Fields(line)
    guard let first = words.next(), first.decimal == nil, !first.equals(":"),
      !first.equals("slabdata"), !first.equals("globalstat"), !first.equals("cpustat")
    else { return false }
    if let tunables = line.tunables(from: 0) {
      return Slabinfo.Cache.name(line.extracting(0..<tunables)) != nil
    }
    var hasNumber = false
    while let word = words.next() {
      if word.equals(":") { return false }
      hasNumber = word.decimal != nil
    }
    return hasNumber
  }

  /// Whether no section that the header announces is missing or short.
  private func isWhole(_ cache: Slabinfo.Cache) -> Bool {
    guard let statistics else { return true }
    return cache.globalStatistics.count >= statistics.global.count
      && cache.processorStatistics.count >= statistics.processor.count
  }

  private mutating func add(_ cache: Slabinfo.Cache) {
    result.caches.append(cache)
    if !cache.globalStatistics.isEmpty || !cache.processorStatistics.isEmpty {
      result.hasStatistics = true
    }
  }

  private mutating func keep(_ line: Span<UInt8>, number: Int) {
    for index in line.indices { unfinished.append(line[index]) }
    unfinishedLine = number
  }

  private mutating func join(_ line: Span<UInt8>) {
    unfinished.append(Ascii.space)
    for index in line.indices { unfinished.append(line[index]) }
    guard let cache = Slabinfo.Cache(row: unfinished.span, header: statistics), isWhole(cache)
    else {
      return
    }
    unfinished = []
    joinedRows += 1
    if joinedRows == 1 { firstJoinedLine = unfinishedLine }
    add(cache)
  }

  mutating func finish() {
    dropUnfinishedRow()
    guard joinedRows > 0 else { return }
    result.remarks.note(
      line: firstJoinedLine, "rows that were wrapped are joined, from here on: \(joinedRows)")
  }

  private mutating func dropUnfinishedRow() {
    guard !unfinished.isEmpty else { return }
    if let cache = Slabinfo.Cache(row: unfinished.span, header: statistics) {
      result.remarks.note(line: unfinishedLine, "the row of \(cache.name) has no statistics")
      add(cache)
    } else {
      let start = unfinished.span.trimmed().text.prefix(40)
      result.remarks.note(
        line: unfinishedLine,
        "no whole row: it needs five numbers and the sections tunables and slabdata: \(start)")
    }
    unfinished = []
  }
}

extension Span<UInt8> {
  /// Whether the line stands for others that somebody left out: `...`, `[…]`, `<snip>`.
  fileprivate var isEllipsis: Bool {
    var start = 0
    var end = count
    while start < end, Ascii.isBlank(self[start]) || "[(<-".utf8.contains(self[start]) {
      start += 1
    }
    while end > start, Ascii.isBlank(self[end - 1]) || "])>-".utf8.contains(self[end - 1]) {
      end -= 1
    }
    let words = extracting(start..<end)
    if words.equals("snip") || words.equals("cut") || words.equals("\u{2026}") { return true }
    var dots = 0
    for index in words.indices {
      guard words[index] == UInt8(ascii: ".") || words[index] == Ascii.space else { return false }
      dots += words[index] == Ascii.space ? 0 : 1
    }
    return dots >= 2
  }
}
