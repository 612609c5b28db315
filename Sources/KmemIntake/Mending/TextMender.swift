package import KmemParsers

/// Takes off a text what tools and people added to the lines of kernel files, piece by piece.
///
/// What was done is told in `remarks`: nothing is guessed silently. Lines keep their numbers, except
/// where a line is parted. Memory is bounded: a text is mended in blocks of lines, wherever the pieces
/// end.
package struct TextMender: Sendable {
  private var encoding = TextEncoding()
  private var mender = BlockMender()
  /// The block in the making.
  private var held: [UInt8] = []
  /// Whether the text so far is a plain report, of which lines pass as long as they begin like one's.
  private var isPassing = false
  /// Whether the next byte that passes begins a line.
  private var isAtLineStart = true

  /// A mender that has read nothing yet.
  package init() {}

  /// A mender of smaller blocks, with which short texts have several.
  package init(blockSize: Int) { self.blockSize = max(1, blockSize) }

  /// What was mended, each kind once, with the first line that it was found in.
  package var remarks: [Remark] { mender.notes.remarks }

  /// The most bytes that are mended at once.
  private var blockSize = 1 << 16

  /// Takes mended text, with the times that were taken off its lines.
  package typealias Receiver = (Span<UInt8>, [LineStamp]) -> Void

  /// Reads the next piece, which may end anywhere, and hands over mended text.
  package mutating func read(_ piece: Span<UInt8>, _ receive: (Span<UInt8>) -> Void) {
    read(piece, stamped: { text, _ in receive(text) })
  }

  /// Hands over what is left once the text has ended.
  package mutating func finish(_ receive: (Span<UInt8>) -> Void) {
    finish(stamped: { text, _ in receive(text) })
  }

  /// Reads the next piece, which may end anywhere, and hands over mended text with the times of lines.
  package mutating func read(_ piece: Span<UInt8>, stamped receive: Receiver) {
    guard let decoded = encoding.decode(piece) else { return take(piece, receive) }
    take(decoded.span, receive)
  }

  /// Hands over what is left once the text has ended, with the times of lines.
  package mutating func finish(stamped receive: Receiver) {
    let last = encoding.finish()
    take(last.span, receive)
    if !held.isEmpty { mend(held.count, receive) }
  }

  /// Whether whole lines of a plain report go on as they are.
  package var canPass: Bool { isPassing && isAtLineStart && held.isEmpty && encoding.isPlain }

  /// Passes over so many whole lines of a plain report (`kmemleakLines`), where it can.
  package mutating func pass(lines: Int) { mender.lines += lines }

  private mutating func take(_ text: Span<UInt8>, _ receive: Receiver) {
    if let kind = encoding.mending { mender.notes.note(kind, line: 1) }
    var start = 0
    if isPassing { start = pass(text, receive) }
    while start < text.count {
      let end = min(text.count, start + blockSize - held.count)
      held.append(text.extracting(start..<end))
      start = end
      guard held.count >= blockSize else { return }
      mend(held.span.endOfBlock, receive)
      // A plain report goes on as one, which costs a look at the beginning of each line.
      if isPassing, !held.isEmpty {
        let rest = held
        held = []
        let passed = pass(rest.span, receive)
        held.append(rest.span.extracting(passed..<rest.count))
      }
      if isPassing { start += pass(text.extracting(start..<text.count), receive) }
    }
  }

  /// Mends so many bytes of what is held.
  private mutating func mend(_ count: Int, _ receive: Receiver) {
    let text = held
    let block = text.span.extracting(0..<count)
    let survey = BlockSurvey(block)
    // Of lines that stand in one the next begins with the next block.
    let isParted =
      count > 0 && count < text.count && text[count - 1] != Ascii.newline
      && JoinedLines.lastStart(text.span) == count
    if let mended = mender.mended(block, survey, isParted: isParted) {
      receive(mended.span, mender.stamps)
    } else {
      receive(block, [])
      isPassing = survey.isPlainReport
      isAtLineStart = true
    }
    mender.lines += survey.lines
    held = Array(text[count...])
  }

  /// Hands on the lines that begin as those of a plain report do.
  ///
  /// - Returns: where the first other line begins, which isn't handed on.
  private mutating func pass(_ text: Span<UInt8>, _ receive: Receiver) -> Int {
    var end = 0
    while end < text.count {
      if isAtLineStart, !text[end].beginsReportLine {
        isPassing = false
        break
      }
      let newline = text.offset(ofByte: Ascii.newline, from: end)
      isAtLineStart = newline < text.count
      mender.lines += isAtLineStart ? 1 : 0
      end = min(newline + 1, text.count)
    }
    if end > 0 { receive(text.extracting(0..<end), []) }
    return end
  }
}

extension TextMender {
  /// The whole text mended, with what was done; nothing where nothing was to be mended.
  package static func mended(_ text: [UInt8]) -> (text: [UInt8], remarks: [Remark])? {
    var mender = TextMender()
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    mender.read(text.span) { result.append($0) }
    mender.finish { result.append($0) }
    return mender.remarks.isEmpty ? nil : (result, mender.remarks)
  }
}

extension UInt8 {
  /// Whether a line of a plain kmemleak report may begin so: `unreferenced object`, or indented.
  fileprivate var beginsReportLine: Bool {
    self == Ascii.space || self == UInt8(ascii: "u")
  }
}

extension Span<UInt8> {
  /// Where a full block is best cut: before an object, or after the last line.
  fileprivate var endOfBlock: Int {
    var cut: Int?
    var end = count
    while end > count / 2 {
      if self[end - 1] == Ascii.newline {
        cut = cut ?? end
        if end < count, holds("unreferenced object", at: end) { return end }
      }
      end -= 1
    }
    if let cut { return cut }
    if let start = JoinedLines.lastStart(self), start > count / 2 { return start }
    end = count
    while end > 0, !Ascii.isBlank(self[end - 1]), self[end - 1] != Ascii.carriageReturn { end -= 1 }
    return end > 0 ? end : count
  }
}
