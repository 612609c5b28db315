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

  /// Reads what is left once the text has ended.
  package mutating func finish(_ receive: Receiver) {
    if !held.isEmpty { readHeld(receive) }
    valgrind.finish(receive)
    sanitizer.finish(receive)
    lists.finish(receive)
  }

  /// Whether a line can't be anything but one of a tool's report, whatever stands before it.
  package static func isMark(_ line: Span<UInt8>) -> Bool {
    ProcessMark(line) != nil || SanitizerLine.leak(line) != nil
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
    if !isMarkup, line.isOfKmemleak { return }
    line = line.extracting(line.insideQuotes)
    if readMarkup(line, receive) { return }
    let mark = ProcessMark(line)
    let own = line.extracting((mark?.end ?? 0)..<line.count)
    if sanitizer.read(own, process: mark?.process, number, receive) { return }
    if mark?.isRemark == true { return }
    if valgrind.read(own, process: mark?.process, number, receive) { return }
    if mark == nil { lists.read(line, number, receive) }
  }

  /// Hands on lines from `<valgrindoutput>` to its end, and from `<error>` to its end outside one.
  private mutating func readMarkup(_ line: Span<UInt8>, _ receive: Receiver) -> Bool {
    if let start = line.offset(of: "<valgrindoutput>") {
      (isMarkup, isSingle) = (true, false)
      receive(.markup(line.extracting(start..<line.count).bytes, line: number))
    } else if isMarkup {
      receive(.markup(line.bytes, line: number))
    } else if line.trimmed().equals("<error>") {
      // A child that shares its parent's file ends the document, and the parent goes on; and people
      // paste single errors.
      (isMarkup, isSingle) = (true, true)
      receive(.markup(Array("<valgrindoutput>".utf8) + line.bytes, line: number))
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
  /// Whether the line begins as one of a kmemleak report, of which a text may have millions.
  fileprivate var isOfKmemleak: Bool {
    guard count > 6, self[0] == Ascii.space || self[0] == UInt8(ascii: "u") else { return false }
    let isDump =
      holds("    ", at: 0) && self[4].hexDigit != nil && self[5].hexDigit != nil
      && self[6] == Ascii.space
    return isDump || starts(with: "    [<") || starts(with: "unreferenced object")
      || starts(with: "  comm \"") || starts(with: "  hex dump") || starts(with: "  backtrace")
  }

  /// The line without the quotation marks that JSON's lists (Ansible's `stdout_lines`) have around it.
  fileprivate var insideQuotes: Range<Int> {
    let start = nonBlank(from: 0)
    guard start < count, self[start] == UInt8(ascii: "\"") else { return 0..<count }
    var end = count
    if self[end - 1] == Ascii.comma { end -= 1 }
    guard end - 1 > start, self[end - 1] == UInt8(ascii: "\"") else { return 0..<count }
    return (start + 1)..<(end - 1)
  }

  /// A copy of the bytes.
  fileprivate var bytes: [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in indices { copy.append(self[index]) }
    return copy
  }
}
