extension KmemleakReader {
  /// The lines of an object down to the one that announces its stack, where they are as a kernel prints them.
  private struct Printed {
    var record: KmemleakRecord
    /// Where the task's name stands.
    let comm: Range<Int>
    let lines: Int
    /// Where the lines end.
    let end: Int

    /// Nothing where any of the lines is another.
    init?(_ text: Span<UInt8>, from start: Int) {
      guard text[start] == UInt8(ascii: "u") else { return nil }
      var lines = PrintedLines(text, from: start)
      guard var record = lines.header(), let comm = lines.comm(&record), lines.dump(&record),
        lines.stackTitle(&record)
      else { return nil }
      (self.record, self.comm, self.lines, end) = (record, comm, lines.count, lines.offset)
    }
  }

  /// Reads the lines of an object down to the one that announces its stack, where they are as a kernel
  /// prints them.
  ///
  /// - Returns: the offset behind them; nil where any of them is another, of which none was read then.
  mutating func takePrinted(_ text: Span<UInt8>, from start: Int, _ receive: Receiver) -> Int? {
    guard let printed = Printed(text, from: start) else { return nil }
    begin(printed, text, receive)
    current.isAtStack = true
    return printed.end
  }

  /// Reads an object whose lines are as a kernel prints them, and whose stack was printed before.
  ///
  /// - Returns: the offset behind it; nil where that isn't so, and nothing was read.
  mutating func takeKnown(_ text: Span<UInt8>, from start: Int, _ receive: Receiver) -> Int? {
    guard let printed = Printed(text, from: start),
      let known = known(text.extracting(printed.end..<text.count)), known.backtrace.isPlain
    else { return nil }
    begin(printed, text, receive)
    take(known.backtrace)
    return printed.end + known.end
  }

  private mutating func begin(_ printed: Printed, _ text: Span<UInt8>, _ receive: Receiver) {
    tellTail()
    beginObject(receive)
    current.record = printed.record
    current.record.line = counts.lines + 1
    current.record.comm = tables.comm(text.extracting(printed.comm))
    counts.lines += printed.lines
    current.prefix = LinePrefix()
    current.part = .stack
    isBreakBefore = false
  }
}
