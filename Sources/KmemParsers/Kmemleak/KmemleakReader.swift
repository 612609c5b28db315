/// Reads the text of `/sys/kernel/debug/kmemleak` piece by piece, one object after another.
///
/// Written by `mm/kmemleak.c` (2.6.31). The form of each object is found from its own lines, as
/// distributions backport changes of it. Kernel logs, mails and decoded stacks are read too, with
/// whatever stands before or between their lines. Memory grows with distinct stacks, not objects.
package struct KmemleakReader: Sendable {
  /// What the text held.
  package struct Counts: Hashable, Sendable {
    /// Bytes of text.
    package internal(set) var bytes = 0
    /// Lines of text, the last one also without its end.
    package internal(set) var lines = 0
    /// Lines that announce an object.
    package internal(set) var headers = 0
    /// Objects handed over.
    package internal(set) var objects = 0
    /// Headers without a readable address and size, which are no objects.
    package internal(set) var malformed = 0
    /// Records without a header, which are no objects either.
    package internal(set) var headless = 0
    /// Objects of which a line can't be read or is missing.
    package internal(set) var incomplete = 0
    /// Lines within an object that belong to something else.
    package internal(set) var foreign = 0
    /// Lines that are the kernel log's by what stands before them or in them.
    package internal(set) var logLines = 0
    /// Lines with which the kernel begins to report that memory ran short.
    package internal(set) var shortages = 0
    /// Lines that tell whom the kernel killed as memory ran short, one of each report.
    package internal(set) var kills = 0
    /// The first line with which the kernel reports another fault of its own.
    package internal(set) var complaint: KernelComplaint?
    /// Lines that aren't blank and are none of an object's.
    package internal(set) var otherLines = 0
  }

  /// The stacks, frames and task names that records refer to by number.
  package internal(set) var tables = KmemleakTables()
  /// What was read so far.
  package internal(set) var counts = Counts()
  /// The first faults, with their lines.
  package internal(set) var remarks: [Remark] = []
  /// What the text says of kmemleak itself, by meaning.
  package internal(set) var statements: [KmemleakMessage.Meaning: KmemleakStatement] = [:]
  /// Records whose first line is missing, at most a hundred of them.
  package internal(set) var headless: [HeadlessRecord] = []
  /// The numbers that the log announced.
  var announced: Set<UInt64> = []
  /// Those that somebody's words quote, and the log didn't print so far.
  var quoted: Set<UInt64> = []
  var current = Open()
  /// The frames of the current object, as far as its stack isn't known as a whole.
  var frames: [Int32] = []
  /// The first half of a comm line that a newline in the name breaks.
  var brokenComm: [UInt8] = []
  private var carried: [UInt8] = []
  /// Whether the last line was blank or a fence, or there was none.
  var isBreakBefore = true
  /// Whether the rest of an overlong line is passed over.
  private var isSkipping = false

  /// A reader that has read nothing yet.
  package init() {}

  /// Takes a record, with the tables that its numbers point into.
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
      if current.isAtStack {
        start = takeBacktrace(piece.extracting(start..<piece.count), receive) + start
        continue
      }
      if let end = takePrinted(piece, from: start, receive) {
        start = end
        continue
      }
      let end = piece.offset(ofByte: Ascii.newline, from: start)
      guard end < piece.count else { return carry(piece.extracting(start..<end)) }
      take(piece.extracting(start..<end), receive)
      start = end + 1
    }
  }

  /// Reads the objects at the beginning of a text whose lines are as a kernel prints them, and whose stacks
  /// were printed before: nearly all of a long report, and no other reader needs to see them
  /// (`kmemleakLines`).
  ///
  /// - Returns: where they end, and how many lines they are; of what follows nothing was read.
  package mutating func readKnown(_ text: Span<UInt8>, _ receive: Receiver) -> (
    end: Int, lines: Int
  ) {
    guard carried.isEmpty, !isSkipping, !current.isAtStack else { return (0, 0) }
    let linesBefore = counts.lines
    var start = 0
    while start < text.count, let end = takeKnown(text, from: start, receive) { start = end }
    counts.bytes += start
    return (start, counts.lines - linesBefore)
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
    var record = KmemleakRecord(line: 0, kind: .plain, address: 0, size: 0)
    var part = Part.none
    var fate = Fate.object
    /// What stands before its lines; nothing until one of them was read.
    var prefix: LinePrefix?
    /// What stood before its header, where that is nothing known: so many bytes.
    var unknownPrefix = 0
    var hasFault = false
    /// Lines of something else since the last one of its own.
    var foreignRun = 0
    /// Whether the line that announces its stack was the last one read.
    var isAtStack = false
    /// Whether its last frame is a name alone, and whether others have a place in their function.
    var mayEndInName = false
    var hasOffsets = false
    /// Lines of its stack.
    var frameLines = 0
    /// Whether the next object follows right below its last line, so that the text holds all of it.
    var isFollowed = false
    /// Its stack, if that was known as a whole.
    var stack: Int?
    /// The backtrace that is to be remembered if no other frame follows, and its lines.
    var backtrace: (number: Int, lines: Int)?
    /// Bytes of its dump that are still to come; nil where none was announced.
    var bytesToCome: Int?
  }

  enum Part { case none, header, dump, stack }

  /// What becomes of the lines that are being read.
  enum Fate {
    /// They are an unreferenced object's.
    case object
    /// They are an object's whose first line is missing.
    case headless
    /// They are frames at the beginning of the text: perhaps what is left of an object.
    case bareStack
    /// The same without addresses, as others print them too: an object's only if one follows.
    case looseStack
    /// They are frames at the beginning of the text right above an object: the end of the one before.
    case tail
    /// Their header can't be read, which is counted already.
    case malformed
    /// They describe an object that kmemleak tracks, which needn't be lost.
    case tracked
  }

  /// Hands over the current object.
  mutating func close(_ receive: Receiver) {
    guard current.part != .none else { return }
    dropCutFrame()
    current.record.stack = current.stack ?? tables.stack(of: frames)
    if let backtrace = current.backtrace {
      tables.note(current.record.stack, lines: backtrace.lines, as: backtrace.number)
    }
    switch current.fate {
    case .object: handOver(receive)
    case .headless, .bareStack, .tail: countHeadless()
    case .looseStack: counts.otherLines += max(1, current.frameLines)
    case .malformed, .tracked: break
    }
    current.part = .none
    current.isAtStack = false
    frames.removeAll(keepingCapacity: true)
    brokenComm = []
  }

  private mutating func handOver(_ receive: Receiver) {
    if current.part == .header, current.record.comm == nil {
      current.hasFault = true
      current.record.extent = .firstLine
      remarks.note(
        line: current.record.line, "nothing but the first line of this object can be read")
    } else if !isStackWhole {
      current.record.extent = .withoutStack
    }
    if current.hasFault || current.record.comm == nil || !isStackWhole {
      counts.incomplete += 1
    }
    counts.objects += 1
    receive(current.record, tables)
  }

  /// Whether the text holds the stack, or shows that kmemleak printed none: another object follows the
  /// line that announces it.
  private var isStackWhole: Bool {
    current.part == .stack
      && (hasFrames || current.frameLines > 0 || current.isFollowed && current.foreignRun == 0)
  }

  mutating func fault(_ reason: @autoclosure () -> String) {
    current.hasFault = true
    remarks.note(line: counts.lines, reason())
  }
}
