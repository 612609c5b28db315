extension KmemleakReader {
  /// Reads a line below the header; false if it's no such line.
  mutating func takeBody(_ text: Span<UInt8>) -> Bool {
    switch current.part {
    case .stack: takeFrame(text) || takeField(text)
    case .dump: takeDump(text) || takeField(text)
    case .header: takeField(text)
    case .none: false
    }
  }

  private mutating func takeField(_ text: Span<UInt8>) -> Bool {
    switch text[0] {
    case UInt8(ascii: "c"): takeComm(text) || takeTracked(text)
    case UInt8(ascii: "h"): takeDumpTitle(text)
    case UInt8(ascii: "b"): takeStackTitle(text)
    case UInt8(ascii: "m"), UInt8(ascii: "f"): takeTracked(text)
    case UInt8(ascii: "."): takeOthers(text)
    default: false
    }
  }

  /// Reads `hex dump (first 32 bytes):`, or `… bytes on cpu 9):`.
  mutating func takeDumpTitle(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "hex dump (first "), current.part == .header else { return false }
    current.part = .dump
    var words = Fields(text.extracting(16..<text.count))
    current.bytesToCome = words.nextDecimal().flatMap(Int.init(exactly:))
    return true
  }

  /// Reads `backtrace:`, or `backtrace (crc 2128895f):`.
  mutating func takeStackTitle(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "backtrace"), current.part != .stack else { return false }
    let rest = text.extracting(9..<text.count)
    // Others write of backtraces too.
    guard current.part != .none || rest.isEmpty || rest[0] == Ascii.colon || rest.starts(with: " (")
    else { return false }
    current.part = .stack
    current.isAtStack = true
    return takeChecksum(rest)
  }

  /// Reads `... and 3 more object(s) with the same backtrace`, which logs have since 7.x.
  private mutating func takeOthers(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "... and "), text.offset(of: " more object") != nil else {
      return false
    }
    var words = Fields(text.extracting(8..<text.count))
    guard let others = words.nextDecimal() else { return false }
    current.record.others = others
    return true
  }

  /// Reads what kmemleak prints of an object that it tracks: `min_count = 1`, `flags = 0x1`, ….
  private mutating func takeTracked(_ text: Span<UInt8>) -> Bool {
    guard current.fate == .tracked else { return false }
    return text.starts(with: "min_count = ") || text.starts(with: "count = ")
      || text.starts(with: "flags = ") || text.starts(with: "checksum = ")
  }

  /// Reads ` (crc 2128895f):`, or `:` on kernels before 6.8.
  private mutating func takeChecksum(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: " (crc ") else { return true }
    let end = text.offset(ofByte: UInt8(ascii: ")"))
    guard let checksum = text.extracting(6..<end).hexadecimal.flatMap(UInt32.init(exactly:)) else {
      fault("the crc can't be read")
      return true
    }
    current.record.checksum = checksum
    return true
  }

  /// Reads `64 75 6d 6d  dumm`: at most 16 bytes, and no more than were announced.
  private mutating func takeDump(_ text: Span<UInt8>) -> Bool {
    guard let row = DumpRow(text, atMost: min(16, current.bytesToCome ?? 16)) else { return false }
    for index in 0..<row.count {
      if let byte = text.dumpByte(index) { current.record.dump.append(byte) }
    }
    current.bytesToCome = current.bytesToCome.map { $0 - row.count }
    return true
  }
}

/// A row of a dump: bytes in hexadecimal, then perhaps the same bytes as characters.
struct DumpRow {
  /// How many bytes there are.
  let count: Int

  /// Nil if the text is another line that begins like a byte: `c6 kmemleak: …` is a prefix.
  init?(_ text: Span<UInt8>, atMost most: Int) {
    var count = 0
    while count < most, text.dumpByte(count) != nil { count += 1 }
    guard count > 0 else { return nil }
    self.count = count
    // Sixteen bytes can be nothing else, whatever stands behind them.
    guard count < 16 else { return }
    let end = count * 3 - 1
    let rest = text.extracting(min(end, text.count)..<text.count)
    let characters = rest.trimmed().count
    guard characters > 0 else { return }
    // There are two blanks or more before the characters, of which a row has at most sixteen.
    guard characters <= 16, rest.count > characters + 1 else { return nil }
  }
}

extension Span<UInt8> {
  /// The byte of a row of a dump that stands at a place, counted from 0.
  func dumpByte(_ place: Int) -> UInt8? {
    let offset = place &* 3
    guard offset &+ 2 <= count, let high = self[offset].hexDigit,
      let low = self[offset &+ 1].hexDigit,
      offset &+ 2 == count || self[offset &+ 2] == Ascii.space,
      place == 0 || self[offset &- 1] == Ascii.space
    else { return nil }
    return high << 4 | low
  }
}

// MARK: The task

extension KmemleakReader {
  /// Reads `comm "mount", pid 428, jiffies 4294703475 (age 7.578s)`.
  mutating func takeComm(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "comm \""), current.record.comm == nil else { return false }
    // The name is printed as it is: it may hold quotation marks, so the last such place counts.
    guard let end = text.lastOffset(of: "\", pid ") else {
      brokenComm = []
      for index in text.indices { brokenComm.append(text[index]) }
      return true
    }
    current.record.comm = tables.comm(text.extracting(min(6, end)..<end))
    takeNumbers(text.extracting((end + 7)..<text.count))
    return true
  }

  /// Reads `428, jiffies 4294703475 (age 7.578s)`.
  private mutating func takeNumbers(_ text: Span<UInt8>) {
    let comma = text.offset(ofByte: Ascii.comma)
    current.record.pid = text.extracting(0..<comma).signedDecimal
    var words = Fields(text.extracting(min(comma + 1, text.count)..<text.count))
    guard words.next()?.equals("jiffies") == true, let jiffies = words.nextDecimal() else {
      return fault("the time of allocation can't be read")
    }
    current.record.jiffies = jiffies
    if current.record.pid == nil { fault("the pid can't be read") }
    guard words.next()?.equals("(age") == true, let age = words.next() else { return }
    current.record.age = Self.milliseconds(age)
    if current.record.age == nil { fault("the age can't be read") }
  }

  /// The milliseconds in `7.578s)`.
  private static func milliseconds(_ text: Span<UInt8>) -> UInt64? {
    let dot = text.offset(ofByte: UInt8(ascii: "."))
    guard dot + 4 < text.count, text[dot + 4] == UInt8(ascii: "s"),
      let seconds = text.extracting(0..<dot).decimal,
      let thousandths = text.extracting((dot + 1)..<(dot + 4)).decimal
    else { return nil }
    let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, carry) = milliseconds.addingReportingOverflow(thousandths)
    return overflow || carry ? nil : sum
  }

  /// Puts the second half of a comm line behind the first; false if this isn't it.
  mutating func joinComm(_ line: Span<UInt8>) -> Bool {
    guard line.offset(of: "\", pid ") != nil else { return false }
    var whole = brokenComm
    whole.append(Ascii.space)
    for index in line.indices { whole.append(line[index]) }
    brokenComm = []
    return takeComm(whole.span)
  }
}

extension Span<UInt8> {
  /// The offset of the last occurrence of the literal.
  fileprivate func lastOffset(of literal: StaticString) -> Int? {
    var offset = count - literal.utf8CodeUnitCount
    while offset >= 0 {
      if holds(literal, at: offset) { return offset }
      offset -= 1
    }
    return nil
  }
}
