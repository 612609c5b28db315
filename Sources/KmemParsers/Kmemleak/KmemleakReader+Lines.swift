extension KmemleakReader {
  /// Reads one line without its newline.
  mutating func take(_ whole: Span<UInt8>, _ receive: Receiver) {
    counts.lines += 1
    var end = whole.count
    while end > 0, Ascii.isBlank(whole[end - 1]) || whole[end - 1] == Ascii.carriageReturn {
      end -= 1
    }
    let start = whole.offsetOfNonBlank(from: 0)
    guard start < end else { return isBreakBefore = true }
    let line = whole.extracting(start..<end)
    if line.isFence {
      if current.part == .stack, hasFrames { close(receive) }
      return isBreakBefore = true
    }
    takeLine(line, receive)
    isBreakBefore = false
  }

  /// Reads a line that isn't blank, without the blanks around it.
  private mutating func takeLine(_ line: Span<UInt8>, _ receive: Receiver) {
    if takeContent(line, LinePrefix(), receive) { return }
    let prefix = LinePrefix(line)
    if prefix.isKernel { counts.logLines += 1 }
    if prefix.end > 0, takeContent(line.extracting(prefix.end..<line.count), prefix, receive) {
      return
    }
    takeOdd(line, prefix, receive)
  }

  /// Reads what stands behind the prefix; false if it's no line of an object.
  private mutating func takeContent(
    _ text: Span<UInt8>, _ prefix: LinePrefix, _ receive: Receiver
  ) -> Bool {
    guard !text.isEmpty else { return prefix.end > 0 }
    if text[0] == UInt8(ascii: "u"), let header = Header(text) {
      tellTail()
      begin(header, unknownPrefix: 0, receive)
      takeJoined(text.extracting(header.end..<text.count))
      return true
    }
    if isAfterBreak, let header = Header(cutOff: text) {
      begin(header, unknownPrefix: 0, receive)
      remarks.note(line: counts.lines, "the beginning of the first line is cut off")
      return true
    }
    if text[0] == UInt8(ascii: "O"), text.isTrackedHeader {
      beginWithoutHeader(.tracked, receive)
      return true
    }
    if takeWithoutHeader(text, prefix, receive) { return true }
    // A paste that begins within a frame: `04263a1d>] kstrdup+0x3/0x6`.
    if counts.lines == 1, let end = text.offset(of: ">] "), end < 24,
      takeWithoutHeader(text.extracting((end + 3)..<text.count), prefix, receive)
    {
      return true
    }
    guard current.part != .none, isOwn(prefix), takeBody(text) else { return false }
    current.foreignRun = 0
    if current.prefix == nil { current.prefix = prefix }
    return true
  }

  /// Whether a line with this prefix can be one of the current object.
  func isOwn(_ prefix: LinePrefix) -> Bool {
    // The stack of a tracked object is printed without the word before the rest of it.
    guard let expected = current.prefix, current.fate != .tracked else { return true }
    return expected.isLog == prefix.isLog && expected.hasMarker == prefix.hasMarker
  }

  /// Frames right above an object are the end of the one before.
  mutating func tellTail() {
    guard current.part != .none, current.fate == .bareStack || current.fate == .looseStack else {
      return
    }
    current.fate = .tail
  }

  /// Closes what is open and begins an object, of which nothing is known yet.
  mutating func beginObject(_ receive: Receiver) {
    current.isFollowed = true
    close(receive)
    counts.headers += 1
    current = Open()
  }

  private mutating func begin(_ header: Header, unknownPrefix: Int, _ receive: Receiver) {
    beginObject(receive)
    current.part = .header
    current.unknownPrefix = unknownPrefix
    guard let address = header.address, let size = header.size else {
      counts.malformed += 1
      current.fate = .malformed
      return remarks.note(
        line: counts.lines, "no object: its address or size can't be read, so it isn't counted")
    }
    current.record = KmemleakRecord(
      line: counts.lines, kind: header.kind, address: address, size: size)
  }

  /// A line that is no object's: the header behind an unknown prefix, or something else.
  private mutating func takeOdd(
    _ line: Span<UInt8>, _ prefix: LinePrefix, _ receive: Receiver
  ) {
    if let mended = spacesForNoBreakSpaces(in: line) {
      counts.lines -= 1
      return take(mended.span, receive)
    }
    if let place = line.offset(of: "unreferenced object "),
      let header = Header(line.extracting(place..<line.count)), header.address != nil
    {
      return begin(header, unknownPrefix: place, receive)
    }
    if takeStatement(line, prefix, receive) { return }
    guard current.part != .none else {
      counts.otherLines += 1
      if line.tellsShortage { counts.shortages += 1 }
      if line.offset(of: "ut of memory: Kill") != nil { counts.kills += 1 }
      noteComplaint(line)
      if counts.logLines == 0, line.isKernelLog { counts.logLines += 1 }
      return
    }
    if current.unknownPrefix > 0, current.unknownPrefix < line.count {
      let rest = line.extracting(current.unknownPrefix..<line.count).trimmed()
      if !rest.isEmpty, takeBody(rest) { return }
    }
    takeForeign(line, prefix, receive)
  }

  /// Notes the first fault of another kind; a bare stack gives way to any other.
  private mutating func noteComplaint(_ line: Span<UInt8>) {
    guard counts.complaint == nil || counts.complaint?.kind == .shortageStack else { return }
    counts.complaint = KernelComplaint(line, number: counts.lines) ?? counts.complaint
  }

  private mutating func takeForeign(
    _ line: Span<UInt8>, _ prefix: LinePrefix, _ receive: Receiver
  ) {
    let text = line.extracting(prefix.end..<line.count)
    if !brokenComm.isEmpty, joinComm(line) { return }
    if text.starts(with: "...") || text.isContinuation { return }
    counts.foreign += 1
    counts.otherLines += 1
    current.foreignRun += 1
    // A line with the prefix of the others, or none, ends the stack; one of the log just interrupts.
    let isInterruption =
      prefix.isLog && !(current.prefix?.isLog ?? true)
      || current.prefix?.hasMarker == true && !prefix.hasMarker
    let isTrace = text.starts(with: "Call Trace") || text.starts(with: "BUG:")
    let isOver = current.part == .stack && hasFrames && !isInterruption
    if isOver || current.foreignRun > 32 || isTrace && !isInterruption { close(receive) }
  }
}

/// The line that announces an object.
struct Header {
  /// Where it ends in its line.
  var end = 0
  var kind = KmemleakRecord.Kind.plain
  var address: UInt64?
  var size: UInt64?

  /// Reads `unreferenced object (percpu) 0x60777301a898 (size 8):`; nothing if it's prose.
  init?(_ text: Span<UInt8>) {
    guard text.starts(with: Self.title) else { return nil }
    self.init(text, title: Self.title.utf8CodeUnitCount)
  }

  /// Reads a header of which the first letters weren't pasted: `nreferenced object 0x… (size 128):`.
  init?(cutOff text: Span<UInt8>) {
    guard let title = Self.endOfCutTitle(text) else { return nil }
    self.init(text, title: title)
    guard address != nil, size != nil else { return nil }
  }

  private static let title: StaticString = "unreferenced object "

  /// Where what is left of the title ends, which is the word `object ` at least.
  private static func endOfCutTitle(_ text: Span<UInt8>) -> Int? {
    let place = text.extracting(0..<min(text.count, title.utf8CodeUnitCount)).offset(of: "object ")
    guard let place, place < 13 else { return nil }
    let isRest = title.withUTF8Buffer { title in
      (0..<place).allSatisfy { unsafe title[13 - place + $0] == text[$0] }
    }
    return isRest ? place + 7 : nil
  }

  private init?(_ text: Span<UInt8>, title: Int) {
    end = text.count
    var words = Fields(text.extracting(title..<text.count))
    guard var word = words.next() else { return nil }
    if word[0] == UInt8(ascii: "(") {
      if word.equals("(percpu)") { kind = .percpu }
      if word.equals("(phys)") { kind = .physical }
      guard let next = words.next() else { return nil }
      word = next
    }
    guard word.starts(with: "0x") else { return nil }
    address = word.hexadecimal
    guard words.next()?.equals("(size") == true, let number = words.next() else { return }
    var digits = 0
    while digits < number.count, Ascii.isDigit(number[digits]) { digits += 1 }
    guard digits < number.count, number[digits] == UInt8(ascii: ")") else { return }
    size = number.extracting(0..<digits).decimal
    // Behind `(size 192):`.
    end = text.count - words.rest.count
  }
}

extension Span<UInt8> {
  /// Whether the out-of-memory killer or a failed allocation is reported from this line on.
  fileprivate var tellsShortage: Bool {
    offset(of: "invoked oom-killer") != nil || offset(of: "page allocation failure") != nil
  }

  /// Whether this is `fs/super.c:12`, which a mail program put on a line of its own, or what
  /// addr2line prints: `(inlined by) kvm_init at virt/kvm.c:12`.
  fileprivate var isContinuation: Bool {
    var start = count
    while start > 0, !Ascii.isBlank(self[start - 1]) { start -= 1 }
    guard start == 0 || offset(of: " at ") != nil else { return false }
    let place = extracting(start..<count)
    let colon = place.offset(ofByte: Ascii.colon)
    return colon > 2 && colon + 1 < place.count
      && place.extracting((colon + 1)..<place.count).decimal != nil
      && place.extracting(0..<colon).contains(UInt8(ascii: "."))
  }
}
