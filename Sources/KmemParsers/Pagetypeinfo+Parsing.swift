extension Pagetypeinfo {
  init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    var header = Header()
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if line.starts(with: "Node ") {
        addRow(line, under: header, number: lines.number)
      } else if !readSize(line), !header.read(line) {
        remarks.note(line: lines.number, "no line of this file")
      }
    }
    guard !freeRows.isEmpty || !blockRows.isEmpty || pagesPerBlock != nil else {
      throw Self.file.refusal(of: text)
    }
  }

  /// The header above the rows of blocks: which table it is, and the names of its columns.
  struct Header {
    var isMixed = false
    var names: [String] = []

    /// Whether the line is a header; the one above the free pages tells nothing the rows don't.
    mutating func read(_ line: Span<UInt8>) -> Bool {
      if line.starts(with: "Free pages count per migrate type") { return true }
      isMixed = line.starts(with: "Number of mixed blocks")
      guard isMixed || line.starts(with: "Number of blocks type") else { return false }
      var fields = Fields(line.extracting((isMixed ? 22 : 21)..<line.count))
      names = []
      while let field = fields.next() { names.append(field.text) }
      return true
    }
  }

  /// Whether the line is one of the two that tell the size of a page block.
  private mutating func readSize(_ line: Span<UInt8>) -> Bool {
    if line.starts(with: "Page block order:") {
      var fields = Fields(line.extracting(17..<line.count))
      pageBlockOrder = fields.nextDecimal().flatMap(Int.init(exactly:))
      return pageBlockOrder != nil
    }
    guard line.starts(with: "Pages per block:") else { return false }
    var fields = Fields(line.extracting(16..<line.count))
    pagesPerBlock = fields.nextDecimal()
    return pagesPerBlock != nil
  }

  private mutating func addRow(_ line: Span<UInt8>, under header: Header, number: Int) {
    var fields = Fields(line)
    guard let (node, zone) = fields.nextZone() else {
      return remarks.note(line: number, "the line doesn't begin with a zone")
    }
    if fields.rest.starts(with: "type ") {
      _ = fields.next()
      addFreeRow(&fields, node: node, zone: zone, number: number)
    } else {
      addBlockRow(&fields, node: node, zone: zone, under: header, number: number)
    }
  }

  private mutating func addFreeRow(
    _ fields: inout Fields, node: Int, zone: String, number: Int
  ) {
    guard let type = fields.next() else {
      return remarks.note(line: number, "the line names no migrate type")
    }
    var counts: [Count] = []
    while let field = fields.next() {
      guard let count = Count(field) else {
        return remarks.note(line: number, "the line has a count that isn't a 64-bit number")
      }
      counts.append(count)
    }
    if let first = freeRows.first, first.counts.count != counts.count {
      remarks.note(
        line: number,
        "the line has \(counts.count) orders and the first one \(first.counts.count); it may be cut"
      )
    }
    freeRows.append(FreeRow(node: node, zone: zone, type: type.text, counts: counts))
  }

  private mutating func addBlockRow(
    _ fields: inout Fields, node: Int, zone: String, under header: Header, number: Int
  ) {
    var blocks: [Counter] = []
    while let field = fields.next() {
      guard let value = field.decimal, blocks.count < header.names.count else {
        return remarks.note(
          line: number, "the line has a field that isn't a number or that no header names")
      }
      blocks.append(Counter(name: header.names[blocks.count], value: value))
    }
    if blocks.count < header.names.count {
      remarks.note(line: number, "the line has fewer numbers than its header; it may be cut")
    }
    let row = BlockRow(node: node, zone: zone, blocks: blocks)
    if header.isMixed { mixedBlockRows.append(row) } else { blockRows.append(row) }
  }
}

extension Pagetypeinfo.Count {
  fileprivate init?(_ field: Span<UInt8>) {
    let isAtLeast = field[0] == UInt8(ascii: ">")
    guard let value = field.extracting((isAtLeast ? 1 : 0)..<field.count).decimal else {
      return nil
    }
    self.init(value: value, isAtLeast: isAtLeast)
  }
}
