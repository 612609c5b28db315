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
    noteEnd(of: frame, isSure: isSure)
    return countFrameLine()
  }

  /// Notes whether a frame that was read may be cut within its name: it has none of the numbers that the
  /// frames above it have.
  private mutating func noteEnd(of frame: Span<UInt8>, isSure: Bool) {
    current.mayEndInName = isSure && frame.isSymbol
    if frame.offset(of: "+0x") != nil { current.hasOffsets = true }
  }

  /// Takes off a last frame of which only the beginning of the name is there: it names nobody.
  mutating func dropCutFrame() {
    guard current.mayEndInName, current.hasOffsets, current.stack == nil, frames.count > 1 else {
      return
    }
    frames.removeLast()
    current.backtrace = nil
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
    // What stood before the header may tell frames from other lines.
    guard current.unknownPrefix == 0, isOwn(LinePrefix()) else { return 0 }
    if let recent = tables.recent(text) {
      take(recent.backtrace)
      return recent.end
    }
    let end = text.endOfBacktrace
    guard end > 0 else { return 0 }
    let backtrace = text.extracting(0..<end)
    let lines = backtrace.countOfLines
    let number = tables.backtrace(backtrace)
    if let number, let known = tables.known(backtrace: number) {
      take(known)
    } else if takeLines(of: backtrace, count: lines, receive) {
      current.backtrace = number.map { ($0, lines) }
    }
    return end
  }

  /// The backtrace that a text begins with, if its lines were read before, and where it ends.
  mutating func known(_ text: Span<UInt8>) -> (backtrace: BacktraceTable.Entry, end: Int)? {
    if let recent = tables.recent(text) { return recent }
    let end = text.endOfBacktrace
    guard end > 0 else { return nil }
    return tables.find(text.extracting(0..<end)).map { ($0, end) }
  }

  mutating func take(_ backtrace: BacktraceTable.Entry) {
    counts.lines += backtrace.lines
    current.stack = backtrace.stack
    current.foreignRun = 0
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
  /// Where the indented lines at the beginning end, if a line that isn't indented follows within 4 KiB;
  /// otherwise 0.
  fileprivate var endOfBacktrace: Int {
    let limit = Swift.min(count, 4096)
    guard limit > 0, self[0] == Ascii.space else { return 0 }
    var offset = 0
    while offset &+ 33 <= limit {
      let block = extracting(offset..<(offset &+ 33))
      let ends =
        block.endsBeforeText(at: 0) | block.endsBeforeText(at: 8) | block.endsBeforeText(at: 16)
        | block.endsBeforeText(at: 24)
      if ends != 0 { break }
      offset &+= 32
    }
    while true {
      offset = self.offset(ofByte: Ascii.newline, from: offset) &+ 1
      guard offset < limit else { return 0 }
      if self[offset] != Ascii.space { return offset }
    }
  }

  /// A bit for each newline among eight bytes behind which no space stands; bits above the lowest one may
  /// be wrong.
  @inline(__always)
  private func endsBeforeText(at offset: Int) -> UInt64 {
    let next = word(at: offset &+ 1) ^ Word.repeating(Ascii.space)
    // Of each byte whether it's another, exactly: no byte carries into the next one.
    let others = ((next & Word.repeating(0x7f)) &+ Word.repeating(0x7f)) | next
    return Word.zeroes(in: word(at: offset) ^ Word.repeating(Ascii.newline)) & others
  }

  /// How many lines end in it.
  fileprivate var countOfLines: Int {
    var lines = 0
    for index in indices where self[index] == Ascii.newline { lines &+= 1 }
    return lines
  }
}
