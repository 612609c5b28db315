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
    case UInt8(ascii: "c"): return takeComm(text)
    case UInt8(ascii: "h"):
      guard text.starts(with: "hex dump (first ") else { return false }
      current.part = .dump
      return true
    case UInt8(ascii: "b"):
      guard text.starts(with: "backtrace"), current.part != .stack else { return false }
      current.part = .stack
      current.isAtStack = true
      return takeChecksum(text.extracting(9..<text.count))
    default: return false
    }
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

  /// Reads `64 75 6d 6d  dumm`: at most 16 bytes.
  private mutating func takeDump(_ text: Span<UInt8>) -> Bool {
    var offset = 0
    var count = 0
    while count < 16, offset &+ 2 <= text.count, let high = text[offset].hexDigit,
      let low = text[offset &+ 1].hexDigit,
      offset &+ 2 == text.count || text[offset &+ 2] == Ascii.space
    {
      current.record.dump.append(high << 4 | low)
      count += 1
      offset &+= 3
    }
    return count > 0
  }
}

// MARK: The task

extension KmemleakReader {
  /// Reads `comm "mount", pid 428, jiffies 4294703475 (age 7.578s)`.
  private mutating func takeComm(_ text: Span<UInt8>) -> Bool {
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
