extension KmemleakReader {
  /// Reads the lines of an object down to the one that announces its stack, where they are as a kernel
  /// prints them.
  ///
  /// - Returns: the offset behind them; nil where any of them is another, of which none was read then.
  mutating func takePrinted(_ text: Span<UInt8>, from start: Int, _ receive: Receiver) -> Int? {
    guard text[start] == UInt8(ascii: "u") else { return nil }
    var lines = PrintedLines(text, from: start)
    guard var record = lines.header(), let comm = lines.comm(&record), lines.dump(&record),
      lines.stackTitle(&record)
    else { return nil }
    let offset = lines.offset
    tellTail()
    beginObject(receive)
    record.line = counts.lines + 1
    record.comm = tables.comm(text.extracting(comm))
    counts.lines += lines.count
    current.record = record
    current.prefix = LinePrefix()
    current.part = .stack
    current.isAtStack = true
    isBreakBefore = false
    return offset
  }
}
