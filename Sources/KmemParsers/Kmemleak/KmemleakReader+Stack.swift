extension KmemleakReader {
  /// Whether a frame of the current object was read.
  var hasFrames: Bool { current.stack != nil || !frames.isEmpty }

  /// Reads a line of a stack; false if it's none.
  mutating func takeFrame(_ text: Span<UInt8>) -> Bool {
    var start = FrameStart()
    start.read(text)
    let isSure = start.hasAddress
    // A mail program put the function on the next line.
    guard start.offset < text.count else { return isSure }
    let frame = text.extracting(start.offset..<max(start.offset, start.end(of: text)))
    guard !isEndMarker(frame) else { return countFrameLine() }
    guard let number = self.frame(frame, isSure: isSure) else { return false }
    unfoldStack()
    // No kernel prints so many; the frames beyond them are another text's.
    if frames.count < 256 { frames.append(number) }
    return countFrameLine()
  }

  private mutating func countFrameLine() -> Bool {
    current.frameLines += 1
    return true
  }

  /// Goes back to single frames, since one follows the backtrace that was known as a whole.
  private mutating func unfoldStack() {
    current.backtrace = nil
    guard let stack = current.stack else { return }
    frames = tables.numbers(of: stack)
    current.stack = nil
  }

  /// The number of a frame, or nothing if the text isn't one.
  private mutating func frame(_ text: Span<UInt8>, isSure: Bool) -> Int32? {
    let hash = text.contentHash
    if let number = tables.knownFrame(text, hash: hash) { return number }
    let frame =
      KmemleakFrame(text, isSure: isSure) ?? KmemleakFrame(callerIn: text)
      ?? KmemleakFrame(cut: text)
    if let frame {
      return tables.add(frame, text, hash: hash)
    }
    guard isSure else { return nil }
    remarks.note(line: counts.lines, "a frame that can't be read counts as unknown")
    return tables.add(KmemleakFrame(symbol: nil), text, hash: hash)
  }

  private func isEndMarker(_ text: Span<UInt8>) -> Bool {
    text.equals("0xffffffffffffffff") || text.equals("0xffffffff")
  }
}

// MARK: Backtraces known as a whole

extension KmemleakReader {
  /// Reads the lines of a stack, all at once if the same bytes were read before.
  ///
  /// Most of a report consists of backtraces, and few of them differ.
  ///
  /// - Returns: the offset behind them, or behind the first line if they don't end here.
  mutating func takeBacktrace(_ text: Span<UInt8>, _ receive: Receiver) -> Int {
    current.isAtStack = false
    let (end, lines) = text.backtrace
    // What stood before the header may tell frames from other lines.
    guard lines > 0, current.unknownPrefix == 0, isOwn(LinePrefix()) else { return 0 }
    let backtrace = text.extracting(0..<end)
    let number = tables.backtrace(backtrace)
    if let number, let stack = tables.stack(ofBacktrace: number) {
      counts.lines += lines
      current.stack = stack
      current.foreignRun = 0
    } else if takeLines(of: backtrace, count: lines, receive) {
      current.backtrace = number
    }
    return end
  }

  /// Reads the lines one by one; says whether they are nothing but frames.
  private mutating func takeLines(
    of backtrace: Span<UInt8>, count: Int, _ receive: Receiver
  ) -> Bool {
    let logLines = counts.logLines
    var start = 0
    while start < backtrace.count {
      let end = backtrace.offset(ofByte: Ascii.newline, from: start)
      take(backtrace.extracting(start..<end), receive)
      start = end + 1
    }
    return current.frameLines == count && !frames.isEmpty && counts.logLines == logLines
  }
}

extension Span<UInt8> {
  /// The indented lines at the beginning, if a line that isn't indented follows: where they end.
  fileprivate var backtrace: (end: Int, lines: Int) {
    var (end, lines) = (0, 0)
    while end < Swift.min(count, 4096) {
      guard self[end] == Ascii.space else { return (end, lines) }
      end = offset(ofByte: Ascii.newline, from: end) + 1
      lines += 1
    }
    return (0, 0)
  }
}
