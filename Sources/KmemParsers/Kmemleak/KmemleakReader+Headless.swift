/// A record whose first line is missing, as where a paste begins too late.
package struct HeadlessRecord: Hashable, Sendable {
  /// The line at which what is left of it begins, counted from 1.
  package let line: Int
  /// The name of the task that allocated it, by its number; nil where that line is missing too.
  package let comm: Int?
  /// The stack, by its number in the tables.
  package let stack: Int
  /// Whether nothing but frames is left, so that only an allocator among the first ones tells which
  /// function allocated.
  package let isBareStack: Bool
  /// Whether an object follows right below the frames, so that they are a record's whatever they are.
  package let isAboveObject: Bool
}

extension KmemleakReader {
  /// Begins a record at a line that stands below a header; false if the text is no such line.
  ///
  /// Also within a record, where that line was read already: the header of the next one was lost.
  mutating func takeWithoutHeader(
    _ text: Span<UInt8>, _ prefix: LinePrefix, _ receive: Receiver
  ) -> Bool {
    guard let fate = fateWithoutHeader(text) else { return false }
    beginWithoutHeader(fate, receive)
    if fate == .bareStack || fate == .looseStack { current.part = .stack }
    if fate == .headless, DumpRow(text, atMost: 16) != nil { current.part = .dump }
    if takeBody(text) { current.prefix = prefix } else { current.part = .none }
    return current.part != .none
  }

  mutating func beginWithoutHeader(_ fate: Fate, _ receive: Receiver) {
    close(receive)
    current = Open()
    current.fate = fate
    current.record = KmemleakRecord(line: counts.lines, kind: .plain, address: 0, size: 0)
    current.part = .header
  }

  private func fateWithoutHeader(_ text: Span<UInt8>) -> Fate? {
    let isStack = current.part == .stack
    switch text[0] {
    case UInt8(ascii: "c") where current.part == .none || current.record.comm != nil || isStack:
      return text.isWholeComm ? .headless : nil
    case UInt8(ascii: "h") where current.part == .none || isStack:
      return text.starts(with: "hex dump (first ") ? .headless : nil
    case UInt8(ascii: "b") where current.part == .none || isStack && hasFrames:
      return text.starts(with: "backtrace:") || text.starts(with: "backtrace (crc ")
        ? .headless : nil
    default: return isAfterBreak ? fateOfFirstLine(text) : nil
    }
  }

  /// A row of a dump, or a frame, at the beginning of a paste is what is left of a record.
  private func fateOfFirstLine(_ text: Span<UInt8>) -> Fate? {
    if text.starts(with: "[<") || text.starts(with: "([<") { return .bareStack }
    if KmemleakFrame(text, isSure: false) != nil { return .looseStack }
    return DumpRow(text, atMost: 16).map(\.count) == 16 ? .headless : nil
  }

  /// Whether a paste may begin here: behind nothing, a blank line or the fence of a block of code.
  ///
  /// Where other traces stand, a line above says whose they are; a kernel's log has many of them, but
  /// none above its first line.
  var isAfterBreak: Bool {
    current.part == .none && isBreakBefore && (counts.logLines == 0 || counts.lines == 1)
  }

  /// Counts a record that has no first line, if there is more of it than a title.
  mutating func countHeadless() {
    let isRecord = current.record.comm != nil || current.record.dump.count > 0 || hasFrames
    guard isRecord else { return counts.otherLines += 1 }
    counts.headless += 1
    guard headless.count < 100 else { return }
    headless.append(
      HeadlessRecord(
        line: current.record.line, comm: current.record.comm, stack: current.record.stack,
        isBareStack: current.fate == .bareStack || current.fate == .tail,
        isAboveObject: current.fate == .tail))
  }
}

extension Span<UInt8> {
  /// Whether the line is `comm "mount", pid 428, jiffies …`, and nothing else.
  fileprivate var isWholeComm: Bool {
    starts(with: "comm \"") && offset(of: "\", pid ") != nil && offset(of: ", jiffies ") != nil
  }

  /// Whether the line is `Object 0xffff888100a3c0c0 (size 192):`, with which kmemleak describes an
  /// object that it tracks.
  var isTrackedHeader: Bool {
    starts(with: "Object ") && offset(of: "0x") != nil && offset(of: "(size ") != nil
  }

  /// Whether the line is the fence of a block of code, as trackers and wikis have it.
  var isFence: Bool {
    starts(with: "```") || starts(with: "~~~") || equals("{{{") || equals("}}}")
      || equals("<pre>") || equals("</pre>") || equals("{noformat}") || starts(with: "{code")
  }
}
