internal import KmemParsers

/// Lines of kmemleak records that were wrapped, or that stand in one line.
enum LeakLine {
  /// Whether a line isn't as kmemleak prints it.
  static func isOdd(_ line: Span<UInt8>, _ anchor: Anchor) -> Bool {
    let rest = line.extracting(anchor.start..<line.count)
    switch anchor.kind {
    case .leakMarker:
      guard let inner = Anchor(line, from: anchor.start + 10) else {
        return rest.extracting(min(10, rest.count)..<rest.count).trimmed().starts(with: "(size ")
      }
      return inner.isLeak && inner.kind != .leakMarker && isOdd(line, inner)
    case .leakHeader:
      return rest.offset(of: " (size ") == nil || rest.offset(of: "comm \"") != nil
    case .leakComm: return !isComplete(rest) || rest.offset(of: "backtrace") != nil
    case .leakStack: return rest.offset(of: "+0x") != nil
    case .leakDump: return rest.offset(of: "bytes") == nil
    case .meminfo, .margin, .other: return false
    }
  }

  static func mend(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index].bytes
      let offsets = parts(line.span)
      if !offsets.isEmpty {
        text.part(index, at: offsets, .joined)
        index += offsets.count - 1
      }
      index += 1
    }
    for index in text.lines.indices { joinNext(&text, index) }
  }

  // MARK: Lines that were wrapped

  private static func joinNext(_ text: inout TextLines, _ index: Int) {
    // A header may be broken twice, a comm line three times.
    for next in (index + 1)..<(index + 4) where next < text.lines.count {
      let line = text.lines[index].bytes
      let following = text.lines[next].bytes
      let start = following.span.offsetOfNonBlank(from: 0)
      guard start < following.count, isWrapped(line.span, before: following.span.trimmed()) else {
        return
      }
      let tail = Array(following[start...])
      let blank = line.last == Ascii.space ? [] : [Ascii.space]
      text.lines[next].bytes = tail
      text.join(next, to: index, between: blank, .wrapped)
    }
  }

  private static func isWrapped(_ line: Span<UInt8>, before next: Span<UInt8>) -> Bool {
    let own = line.trimmed()
    guard !own.isEmpty else { return false }
    if own.ends(with: "unreferenced object") { return next.starts(with: "0x") }
    if let header = own.offset(of: "unreferenced object ") {
      let rest = own.extracting(header..<own.count)
      let isOpen = rest.offset(of: "(size ") == nil
      if next.starts(with: "(size ") { return isOpen }
      return own.ends(with: "(size") && next[0] &- UInt8(ascii: "0") < 10
        || own.ends(with: "object (percpu)") && next.starts(with: "0x")
    }
    if let comm = own.offset(of: "comm \"") {
      return continues(own.extracting(comm..<own.count), next)
    }
    if own.offset(of: "hex dump (first ") != nil, own.offset(of: "bytes") == nil {
      return next.starts(with: "bytes") || Ascii.isDigit(next[0])
    }
    return own.offset(of: "+0x") != nil && !own.ends(with: "]") && next.isModule
  }

  /// Whether the line that begins with a task's name goes on in the next one.
  private static func continues(_ comm: Span<UInt8>, _ next: Span<UInt8>) -> Bool {
    if isComplete(comm) { return next.starts(with: "(age ") && comm.offset(of: "(age") == nil }
    guard Anchor(next) == nil else { return false }
    if comm.offset(of: "(age") != nil { return next.ends(with: "s)") && Ascii.isDigit(next[0]) }
    guard comm.offset(of: "\", pid") != nil else { return next.offset(of: "\", pid ") != nil }
    return next.starts(with: "jiffies") || Ascii.isDigit(next[0])
  }

  /// Whether a name, a pid and the ticks are there, and the age is closed if it's there.
  private static func isComplete(_ comm: Span<UInt8>) -> Bool {
    guard let jiffies = comm.offset(of: ", jiffies ") else { return false }
    let rest = comm.extracting((jiffies + 10)..<comm.count)
    guard !rest.isEmpty, Ascii.isDigit(rest[0]) else { return false }
    return rest.offset(of: "(age") == nil || rest.offset(of: "s)") != nil
  }

  // MARK: Lines that stand in one

  /// Where lines begin that stand behind another one; empty where none does.
  private static func parts(_ line: Span<UInt8>) -> [Int] {
    var offsets: [Int] = []
    var from = 0
    var isStack = false
    while let anchor = Anchor(line, from: from) {
      if anchor.isLeak { offsets.append(begin(line, anchor.start, after: from)) }
      isStack = anchor.kind == .leakStack
      from =
        anchor.kind == .leakMarker
        ? inner(line, anchor.start) : line.offsetOfBlank(from: anchor.mark + 5)
      if isStack {
        from = line.offset(ofByte: Ascii.colon, from: anchor.start) + 1
        offsets += frames(line, from: from)
      } else if anchor.kind == .leakDump {
        offsets += dumpRows(line, anchor.start)
      }
    }
    // Where bytes of a dump are missing, those of a later one were taken for its rows.
    offsets = Set(offsets).sorted()
    guard offsets.count > 1 else { return [] }
    // What stands before the first is a log's mark, or nothing of the record.
    if LinePrefix(line).end >= offsets[0] { offsets[0] = 0 }
    return offsets[0] == 0 ? Array(offsets.dropFirst()) : offsets
  }

  /// Behind `kmemleak: ` and the line that it marks begins.
  private static func inner(_ line: Span<UInt8>, _ marker: Int) -> Int {
    let start = line.offsetOfNonBlank(from: marker + 9)
    guard let anchor = Anchor(line, from: start), anchor.start == start else { return start }
    return line.offsetOfBlank(from: start + 5)
  }

  /// Where the log's mark before an anchor begins, if there's one.
  private static func begin(_ line: Span<UInt8>, _ start: Int, after first: Int) -> Int {
    guard let word = line.word(before: start), line[word.upperBound - 1] == UInt8(ascii: "]") else {
      return start
    }
    var open = word.upperBound - 1
    while open > first, line[open] != UInt8(ascii: "[") { open -= 1 }
    let mark = line.extracting(open..<line.count)
    return line[open] == UInt8(ascii: "[") && LinePrefix(mark).end + open >= start ? open : start
  }

  /// Where the rows of bytes begin that stand behind their heading, `hex dump (first 32 bytes):`.
  private static func dumpRows(_ line: Span<UInt8>, _ heading: Int) -> [Int] {
    let number = heading + 16
    let rest = line.extracting(number..<max(number, line.offsetOfBlank(from: number)))
    guard let bytes = rest.decimal, let colon = line.soon(heading).offset(of: "):") else {
      return []
    }
    var offsets: [Int] = []
    var (left, offset) = (Int(min(bytes, 64)), heading + colon + 2)
    while left > 0, offset < line.count {
      let wanted = min(16, left)
      guard let row = line.offsetOfBytes(wanted, from: offset) else { break }
      offsets.append(row)
      left -= wanted
      offset = row + wanted * 3
    }
    return offsets
  }

  /// Where the frames of a stack begin that stand behind its heading.
  private static func frames(_ line: Span<UInt8>, from start: Int) -> [Int] {
    var offsets: [Int] = []
    var offset = line.offsetOfNonBlank(from: start)
    var hasAddress = false
    while offset < line.count {
      let end = line.offsetOfBlank(from: offset)
      let word = line.extracting(offset..<end)
      if Anchor.isLeak(line, at: offset) { break }
      let isAddress = word.starts(with: "[<")
      if isAddress || word.offset(of: "+0x") != nil && !hasAddress { offsets.append(offset) }
      hasAddress = isAddress
      offset = line.offsetOfNonBlank(from: end)
    }
    return offsets
  }
}

extension Span<UInt8> {
  func ends(with text: StaticString) -> Bool { holds(text, at: count - text.utf8CodeUnitCount) }

  /// Where so many bytes in hexadecimal follow one another.
  fileprivate func offsetOfBytes(_ wanted: Int, from start: Int) -> Int? {
    var (offset, first, bytes) = (start, start, 0)
    while offset + 2 <= Swift.min(count, start + 160) {
      let isByte =
        self[offset].isHexDigit && self[offset + 1].isHexDigit
        && (offset + 2 == count || self[offset + 2] == Ascii.space)
      if bytes == 0 { first = offset }
      bytes = isByte ? bytes + 1 : 0
      if bytes == wanted { return first }
      offset += isByte ? 3 : 1
    }
    return nil
  }

  /// Whether this is a module alone, `[ext4]`.
  fileprivate var isModule: Bool {
    guard count > 2, self[0] == UInt8(ascii: "["), self[count - 1] == UInt8(ascii: "]") else {
      return false
    }
    for index in 1..<(count - 1)
    where !Ascii.isWord(self[index]) && self[index] != UInt8(ascii: "-")
      && self[index] != Ascii.space
    {
      return false
    }
    return !Ascii.isDigit(self[1])
  }
}
