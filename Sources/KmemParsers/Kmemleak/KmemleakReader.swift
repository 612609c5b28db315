/// Reads the text of `/sys/kernel/debug/kmemleak` piece by piece, one object after another.
///
/// Written by `mm/kmemleak.c` (2.6.31). The form of each object is found from its own lines, as
/// distributions backport changes of it. Kernel logs, mails and decoded stacks are read too, with
/// whatever stands before or between their lines. Memory grows with distinct stacks, not objects.
package struct KmemleakReader: Sendable {
  /// What the text held.
  package struct Counts: Hashable, Sendable {
    package internal(set) var bytes = 0
    package internal(set) var lines = 0
    /// Lines that announce an object.
    package internal(set) var headers = 0
    /// Objects handed over.
    package internal(set) var objects = 0
    /// Headers without a readable address and size, which are no objects.
    package internal(set) var malformed = 0
    /// Objects of which a line can't be read or is missing.
    package internal(set) var incomplete = 0
    /// Lines within an object that belong to something else.
    package internal(set) var foreign = 0
    /// Lines that the kernel's log has, or that speak of kmemleak.
    package internal(set) var logLines = 0
  }

  package private(set) var tables = KmemleakTables()
  package internal(set) var counts = Counts()
  /// The first faults, with their lines.
  package internal(set) var remarks: [Remark] = []
  var current: Open?
  /// The frames of the current object.
  var frames: [Int32] = []
  private var carried: [UInt8] = []
  /// Whether the rest of an overlong line is passed over.
  private var isSkipping = false

  package init() {}

  package typealias Receiver = (KmemleakRecord, KmemleakTables) -> Void

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>, _ receive: Receiver) {
    counts.bytes += piece.count
    var start = 0
    if !carried.isEmpty || isSkipping {
      let end = piece.offset(ofByte: Ascii.newline)
      carry(piece.extracting(0..<end))
      guard end < piece.count else { return }
      takeCarried(receive)
      start = end + 1
    }
    while start < piece.count {
      let end = piece.offset(ofByte: Ascii.newline, from: start)
      guard end < piece.count else { return carry(piece.extracting(start..<end)) }
      take(piece.extracting(start..<end), receive)
      start = end + 1
    }
  }

  /// Hands over the last object once the text has ended.
  package mutating func finish(_ receive: Receiver) {
    if !carried.isEmpty { takeCarried(receive) }
    close(receive)
  }

  private static let longestLine = 1 << 16

  private mutating func carry(_ part: Span<UInt8>) {
    guard !isSkipping else { return }
    guard carried.count + part.count <= Self.longestLine else {
      isSkipping = true
      carried = []
      return remarks.note(line: counts.lines + 1, "a line of more than 64 KiB was passed over")
    }
    for index in part.indices { carried.append(part[index]) }
  }

  private mutating func takeCarried(_ receive: Receiver) {
    let line = carried
    carried = []
    isSkipping = false
    take(line.span, receive)
  }
}

// MARK: Objects

extension KmemleakReader {
  /// The object whose lines are being read.
  struct Open {
    var record: KmemleakRecord
    var part = Part.header
    /// What stands before its lines; nothing until one of them was read.
    var prefix: LinePrefix?
    /// What stood before its header, where that is nothing known: so many bytes.
    var unknownPrefix = 0
    /// The first half of a comm line that a newline in the name breaks.
    var brokenComm: [UInt8] = []
    var hasFault = false
    /// Lines of something else since the last one of its own.
    var foreignRun = 0
  }

  enum Part { case header, dump, stack }

  /// Hands over the current object.
  mutating func close(_ receive: Receiver) {
    guard var open = current else { return }
    current = nil
    if open.part == .header, open.record.comm == nil {
      open.hasFault = true
      remarks.note(line: open.record.line, "nothing but the first line of this object can be read")
    }
    if open.hasFault || open.record.comm == nil || open.part != .stack { counts.incomplete += 1 }
    open.record.stack = tables.stack(of: frames)
    frames.removeAll(keepingCapacity: true)
    counts.objects += 1
    receive(open.record, tables)
  }

  mutating func fault(_ reason: @autoclosure () -> String) {
    current?.hasFault = true
    remarks.note(line: counts.lines, reason())
  }

  /// The number of a frame, or nothing if the text isn't one.
  mutating func frame(_ text: Span<UInt8>, isSure: Bool) -> Int32? {
    // Mostly the frame that came after the same one before.
    if let last = frames.last, let next = tables.follower(of: last, text) { return next }
    let hash = text.contentHash
    let number = tables.knownFrame(text, hash: hash) ?? newFrame(text, hash, isSure: isSure)
    if let number, let last = frames.last { tables.follow(last, by: number) }
    return number
  }

  private mutating func newFrame(_ text: Span<UInt8>, _ hash: UInt64, isSure: Bool) -> Int32? {
    if let frame = KmemleakFrame(text, isSure: isSure) {
      return tables.add(frame, text, hash: hash)
    }
    guard isSure else { return nil }
    remarks.note(line: counts.lines, "a frame that can't be read counts as unknown")
    return tables.add(KmemleakFrame(symbol: nil), text, hash: hash)
  }

  mutating func comm(_ text: Span<UInt8>) -> Int { tables.comm(text) }

  func isEndMarker(_ text: Span<UInt8>) -> Bool {
    text.equals("0xffffffffffffffff") || text.equals("0xffffffff")
  }
}
