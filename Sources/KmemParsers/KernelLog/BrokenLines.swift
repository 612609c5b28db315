/// Puts lines of a log together again that a mail program broke.
///
/// Only a line with a time, a host or a level of a log before it can be told to go on in lines that have
/// none. It was broken if it ends in a blank (`format=flowed`), or if the next word would have made it longer
/// than mail programs let lines be.
struct BrokenLines {
  /// The line that may go on, as far as it was read.
  private(set) var line: [UInt8] = []
  /// The number of its first part.
  private(set) var number = 0
  /// How long its last part is, and whether that ends in a blank.
  private var last = 0
  private var endsInBlank = false

  /// No line of a report is longer: more aren't joined.
  private static let limit = 4096
  /// Mail programs break lines at 72 to 80 columns, quoted ones a little later.
  private static let width = 72...84
  /// No word of a report that would not have fit is longer.
  private static let word = 24

  /// Begins a line, if it may go on in the next; false if it can't.
  ///
  /// Outside of reports only those are taken that begin one or end in a blank: most lines of a log are of
  /// that length.
  mutating func begin(_ text: Span<UInt8>, _ number: Int, isInReport: Bool) -> Bool {
    guard Self.mayBeBroken(text), isInReport || Self.endsInBlank(text) || text.tellsOfMemory,
      LinePrefix(ofLog: text).isLog
    else { return false }
    line.removeAll(keepingCapacity: true)
    self.number = number
    add(text)
    return true
  }

  /// Whether the line goes on in this one, which is added to it then.
  mutating func goesOn(in text: Span<UInt8>) -> Bool {
    guard line.count + text.count < Self.limit else { return false }
    let prefix = LinePrefix(ofLog: text)
    guard !prefix.isLog, prefix.caller == nil, prefix.end < text.count else { return false }
    let rest = text.extracting(prefix.end..<text.count)
    guard endsInBlank || last + 1 + rest.offsetOfBlank(from: 0) >= Self.width.lowerBound else {
      return false
    }
    if !endsInBlank { line.append(Ascii.space) }
    add(rest)
    last = text.count
    return true
  }

  private mutating func add(_ text: Span<UInt8>) {
    for index in text.indices { line.append(text[index]) }
    last = text.count
    endsInBlank = Self.endsInBlank(text)
  }

  /// The least length of a line whose next word didn't fit.
  private static var shortest: Int { width.lowerBound - word }

  /// Whether its length, or its end, lets it be one that was broken.
  private static func mayBeBroken(_ text: Span<UInt8>) -> Bool {
    (shortest...width.upperBound).contains(text.count) || endsInBlank(text)
  }

  private static func endsInBlank(_ text: Span<UInt8>) -> Bool {
    (word...width.upperBound).contains(text.count) && Ascii.isBlank(text[text.count - 1])
  }
}
