/// Finds the leak reports of programs in a text that comes in pieces: those of Valgrind, of the
/// sanitizers, of memleak and of heaptrack_print.
///
/// What tools put before lines doesn't matter. Lines of Valgrind's XML are handed on as they are.
/// Memory is bounded by the longest line and by the records whose process isn't told yet.
package struct ProgramLeakReader: Sendable {
  private var valgrind = ValgrindReader()
  private var sanitizer = SanitizerReader()
  private var lists = AllocationListReader()
  private var isMarkup = false
  /// Whether what is open is one error without its document.
  private var isSingle = false
  private var held: [UInt8] = []
  private var number = 0
  private var wrapped = WrappedLines()

  /// A line's bytes beyond these are dropped: no name of a function is as long.
  private static let longestLine = 1 << 18

  /// A reader that has read nothing yet.
  package init() {}

  /// What a reader finds is handed to this.
  package typealias Receiver = (ProgramLeakEvent) -> Void

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>, _ receive: Receiver) {
    var start = 0
    while start < piece.count {
      let end = piece.offset(ofByte: Ascii.newline, from: start)
      let part = piece.extracting(start..<end)
      if end < piece.count, held.isEmpty {
        readLine(part, receive)
      } else {
        keep(part)
        if end < piece.count { readHeld(receive) }
      }
      start = end + 1
    }
  }

  /// Whether nothing is open that lines of a kmemleak report may belong to, or end.
  package var canPass: Bool { held.isEmpty && !isMarkup && wrapped.isIdle }

  /// Passes over so many whole lines of a kmemleak report (`kmemleakLines`), where it can.
  package mutating func pass(lines: Int) { number += lines }

  /// Reads what is left once the text has ended.
  package mutating func finish(_ receive: Receiver) {
    if !held.isEmpty { readHeld(receive) }
    readAsTheyStand(wrapped.flush(), receive)
    valgrind.finish(receive)
    sanitizer.finish(receive)
    lists.finish(receive)
  }

  /// Whether a line can't be anything but one of a tool's report, whatever stands before it.
  package static func isMark(_ line: Span<UInt8>) -> Bool {
    ProcessMark(line) != nil || SanitizerLine.leak(line) != nil
      || line.offset(of: "<valgrindoutput>") != nil || line.offset(of: "<kind>Leak_") != nil
  }

  /// Whether nothing is open that a line may belong to by its place alone.
  private var isIdle: Bool {
    wrapped.isIdle && sanitizer.isIdle && lists.isIdle && valgrind.isIdle
  }

  private mutating func keep(_ part: Span<UInt8>) {
    let room = max(0, Self.longestLine - held.count)
    for index in 0..<min(room, part.count) { held.append(part[index]) }
  }

  private mutating func readHeld(_ receive: Receiver) {
    let line = held
    held = []
    readLine(line.span, receive)
  }

  private mutating func readLine(_ whole: Span<UInt8>, _ receive: Receiver) {
    number += 1
    var line = whole.extracting(0..<min(whole.count, Self.longestLine))
    if line.count > 0, line[line.count - 1] == Ascii.carriageReturn {
      line = line.extracting(0..<(line.count - 1))
    }
    if !isMarkup {
      if line.isOfKmemleak { return readAsTheyStand(wrapped.flush(), receive) }
      let bare = line.extracting(line.insideQuotes)
      if isIdle, !Self.signs.isAny(in: line) { return wrapped.pass(bare) }
      let (outcome, left) = wrapped.take(bare, number: number)
      readAsTheyStand(left, receive)
      switch outcome {
      case .held: return
      case .joined(let joined, let first): return readLogical(joined.span, first, receive)
      case .plain: break
      }
    }
    readLogical(line, number, receive)
  }

  /// Reads lines that waited for more, of which no whole one came.
  private mutating func readAsTheyStand(
    _ lines: [(bytes: [UInt8], number: Int)], _ receive: Receiver
  ) {
    for line in lines { readLogical(line.bytes.span, line.number, receive) }
  }

  /// Reads a line as a tool wrote it.
  private mutating func readLogical(
    _ whole: Span<UInt8>, _ number: Int, _ receive: Receiver
  ) {
    let line = whole.extracting(whole.insideQuotes)
    if readMarkup(line, number, receive) { return }
    let mark = ProcessMark(line)
    let own = line.extracting((mark?.end ?? 0)..<line.count)
    if sanitizer.read(own, process: mark?.process, number, receive) { return }
    if mark?.isRemark == true { return }
    if valgrind.read(own, process: mark?.process, number, receive) { return }
    if mark == nil { lists.read(line, number, receive) }
  }

  /// Hands on lines from `<valgrindoutput>` to its end, and from `<error>` to its end outside one.
  private mutating func readMarkup(
    _ line: Span<UInt8>, _ number: Int, _ receive: Receiver
  ) -> Bool {
    if let start = line.offset(of: "<valgrindoutput>") {
      (isMarkup, isSingle) = (true, false)
      receive(.markup(line.extracting(start..<line.count).markup, line: number))
    } else if isMarkup {
      receive(.markup(line.markup, line: number))
    } else if line.trimmed().equals("<error>") {
      // A child that shares its parent's file ends the document, and the parent goes on; and people
      // paste single errors.
      (isMarkup, isSingle) = (true, true)
      receive(.markup(Array("<valgrindoutput>".utf8) + line.markup, line: number))
    } else {
      return false
    }
    if isSingle, line.offset(of: "</error>") != nil {
      (isMarkup, isSingle) = (false, false)
      receive(.markup(Array("</valgrindoutput>".utf8), line: number))
    }
    if line.offset(of: "</valgrindoutput>") != nil { (isMarkup, isSingle) = (false, false) }
    return true
  }
}

extension Span<UInt8> {
  /// The line without the quotation marks that JSON's lists (Ansible's `stdout_lines`) have around it.
  fileprivate var insideQuotes: Range<Int> {
    let start = nonBlank(from: 0)
    guard start < count, self[start] == UInt8(ascii: "\"") else { return 0..<count }
    var end = count
    if self[end - 1] == Ascii.comma { end -= 1 }
    guard end - 1 > start, self[end - 1] == UInt8(ascii: "\"") else { return 0..<count }
    return (start + 1)..<(end - 1)
  }

  /// The line without what logs put into it that no XML may hold: the level of syslog, `<14>1`, and the
  /// control characters of terminals.
  fileprivate var markup: [UInt8] {
    let start = nonBlank(from: 0)
    let level = start < count && self[start] == UInt8(ascii: "<") ? grouped(at: start + 1) : nil
    let isLevel = level.map { $0.end < count && self[$0.end] == UInt8(ascii: ">") } == true
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in (isLevel ? level?.end ?? 0 : 0)..<count
    where self[index] >= 0x20 || self[index] == Ascii.tab {
      copy.append(isLevel && copy.isEmpty ? Ascii.space : self[index])
    }
    return copy
  }
}
