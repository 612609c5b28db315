/// Joins the lines of leak reports that a mail program or a terminal broke.
///
/// A line that isn't whole waits for those below it. They are joined only if a whole line comes of it;
/// else each is read as it stands.
struct WrappedLines: Sendable {
  /// What has become of a line.
  enum Outcome {
    /// It is read as it stands.
    case plain
    /// It waits for the next one, or was added to what waits.
    case held
    /// With what waited before it, it is this line, which begins at that number.
    case joined([UInt8], number: Int)
  }

  /// The pieces that wait, each with its number.
  private var pieces: [(bytes: [UInt8], number: Int)] = []
  /// The pieces as one line, as if broken at blanks, and as if broken at a column.
  private var (spaced, glued): ([UInt8], [UInt8]) = ([], [])
  /// The longest line so far: nothing that was broken at a column is longer.
  private var widest = 0
  /// Whether lines were broken at blanks, and not at a column; nil until one tells.
  private var breaksAtBlanks: Bool?

  private static let mostPieces = 40
  private static let longest = 1 << 14

  /// Takes the next line, without its end.
  ///
  /// - Returns: what becomes of it, and the lines that waited and weren't whole.
  mutating func take(
    _ line: Span<UInt8>, number: Int
  ) -> (outcome: Outcome, left: [(bytes: [UInt8], number: Int)]) {
    defer { widest = max(widest, line.count) }
    if !pieces.isEmpty, let outcome = goOn(line, number) { return (outcome, []) }
    let left = flush()
    guard line.count < Self.longest, mayGoOn(line) else { return (.plain, left) }
    pieces = [(line.copy, number)]
    (spaced, glued) = (pieces[0].bytes, pieces[0].bytes)
    return (.held, left)
  }

  /// Whether no line waits.
  var isIdle: Bool { pieces.isEmpty }

  /// Passes over a line that is none of a report, where none waits.
  mutating func pass(_ line: Span<UInt8>) { widest = max(widest, line.count) }

  /// Gives back what waits, once no line follows that could belong to it.
  mutating func flush() -> [(bytes: [UInt8], number: Int)] {
    defer { (pieces, spaced, glued) = ([], [], []) }
    return pieces
  }

  /// Whether the next line may belong to this one: it lacks its end, a column may have cut the number in
  /// its end, or nothing stands behind the mark of its process.
  private func mayGoOn(_ line: Span<UInt8>) -> Bool {
    WrappedLine.isOpen(line) || WrappedLine.isMarkAlone(line)
      || line.count >= max(60, widest) && WrappedLine.endsInNumber(line)
  }

  /// Adds a line to what waits; nil if it doesn't go on there.
  private mutating func goOn(_ line: Span<UInt8>, _ number: Int) -> Outcome? {
    guard let first = pieces.first?.number else { return nil }
    if let whole = joinedToWhole(line) {
      defer { _ = flush() }
      return .joined(whole, number: first)
    }
    guard pieces.count < Self.mostPieces, WrappedLine.isOpen(spaced.span),
      spaced.count + line.count < Self.longest, WrappedLine.isTail(line),
      !(line.isQuoted && spaced.span.isQuoted)
    else { return nil }
    let told = WrappedLine.hasBlank(between: spaced.span, line)
    spaced = spaced.joined(to: line, by: [Ascii.space])
    // Where a column ended in a blank, it may be lost.
    let isShort = pieces.last.map { $0.bytes.count < widest } == true
    glued = glued.joined(to: line, by: isShort && told == true ? [Ascii.space] : [])
    let isSpaced = !WrappedLine.isOpen(spaced.span)
    let isGlued = !WrappedLine.isOpen(glued.span)
    guard isGlued || isSpaced else {
      pieces.append((line.copy, number))
      return .held
    }
    let hasBlanks = isGlued == isSpaced ? isAtBlanks(told) : isSpaced
    // Nobody breaks a path at a blank that isn't there.
    if isGlued != isSpaced || pieces.count > 2 || told == false {
      breaksAtBlanks = breaksAtBlanks ?? hasBlanks
    }
    defer { _ = flush() }
    return .joined(hasBlanks ? spaced : glued, number: first)
  }

  /// The line that what waits makes with the next one, where it lacks nothing by itself: the rest of a
  /// number, or what Valgrind says behind a mark that stands alone.
  private func joinedToWhole(_ line: Span<UInt8>) -> [UInt8]? {
    if WrappedLine.isMarkAlone(spaced.span) {
      return WrappedLine.isOfValgrind(line) ? spaced.joined(to: line, by: [Ascii.space]) : nil
    }
    guard WrappedLine.endsInNumber(spaced.span), WrappedLine.isRestOfNumber(line) else {
      return nil
    }
    return spaced.joined(to: line, by: [])
  }

  /// Whether blanks stood where the line was broken: by the length of its pieces, by other lines, by
  /// the words beside the break.
  private func isAtBlanks(_ told: Bool?) -> Bool {
    let lengths = pieces.map(\.bytes.count)
    guard let longest = lengths.max() else { return true }
    if longest < widest || lengths.contains(where: { $0 < longest - 1 }) { return true }
    return pieces.count > 1 ? false : breaksAtBlanks ?? told ?? true
  }
}

extension [UInt8] {
  /// The text with a line behind it; blanks at either side count once.
  fileprivate func joined(to line: Span<UInt8>, by mark: [UInt8]) -> [UInt8] {
    let start = line.nonBlank(from: 0)
    let hasBlank = last.map(Ascii.isBlank) == true || start > 0
    var text = self
    while let end = text.last, Ascii.isBlank(end) { text.removeLast() }
    text += hasBlank ? [Ascii.space] : mark
    return text + line.extracting(start..<line.count).copy
  }
}

extension Span<UInt8> {
  /// Whether the line begins like a quotation of a mail; the mark belongs to no name.
  fileprivate var isQuoted: Bool {
    let start = nonBlank(from: 0)
    return start < count && self[start] == UInt8(ascii: ">")
  }

  /// A copy of the bytes.
  fileprivate var copy: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }
}
