/// The bytes of whole backtraces, and which stack each one is.
struct BacktraceTable: Sendable {
  /// What is known of a backtrace.
  struct Entry: Sendable {
    /// The number of its stack.
    let stack: Int
    /// How many lines it has.
    let lines: Int
    /// Whether these are lines that no other reader needs to see.
    let isPlain: Bool
  }

  private var texts = InternTable()
  private var entries: [Entry?] = []
  /// Numbers by the hash of a beginning, two for each: the one that was found last, and the one before
  /// it; −1 where there is none.
  private var found: [Int32] = Array(repeating: -1, count: 2 << 14)

  /// So many bytes are hashed to guess which backtrace it is: two or three frames.
  ///
  /// A report of 412 MB is parsed in 0.53 seconds so, and in 0.64 where each backtrace's end is found, and
  /// its hash.
  private static let beginning = 96

  /// What a backtrace is; nil until its lines were read.
  subscript(number: Int) -> Entry? { entries[number] }

  /// Notes what a backtrace is.
  mutating func note(_ stack: Int, lines: Int, as number: Int) {
    entries[number] = Entry(stack: stack, lines: lines, isPlain: texts.isOfKmemleak(number))
  }

  /// The backtrace that a text begins with, if it's one of those found lately, and where it ends.
  mutating func recent(_ text: Span<UInt8>) -> (backtrace: Entry, end: Int)? {
    guard let place = Self.place(of: text) else { return nil }
    if let hit = hit(found[place], text) { return hit }
    guard let hit = hit(found[place &+ 1], text) else { return nil }
    found.swapAt(place, place &+ 1)
    return hit
  }

  /// What a backtrace is, however long ago it was found; nil where its lines weren't read.
  mutating func find(_ text: Span<UInt8>) -> Entry? {
    guard let number = texts.find(text, hash: text.contentHash) else { return nil }
    keepRecent(number, text)
    return entries[number]
  }

  /// The number of a backtrace; nothing if it's new and so many are kept that this one isn't.
  mutating func number(of text: Span<UInt8>) -> Int? {
    let hash = text.contentHash
    let known = texts.find(text, hash: hash)
    guard known != nil || texts.byteCount < 8 << 20 else { return nil }
    if known == nil { entries.append(nil) }
    let number = known ?? texts.add(text, hash: hash)
    keepRecent(number, text)
    return number
  }

  private mutating func keepRecent(_ number: Int, _ text: Span<UInt8>) {
    guard let place = Self.place(of: text) else { return }
    found[place &+ 1] = found[place]
    found[place] = Int32(truncatingIfNeeded: number)
  }

  private func hit(_ number: Int32, _ text: Span<UInt8>) -> (backtrace: Entry, end: Int)? {
    guard number >= 0, texts.isBeginning(Int(number), of: text),
      let entry = entries[Int(number)]
    else { return nil }
    let end = texts.range(Int(number)).count
    // An indented line behind it belongs to it.
    return text[end] == Ascii.space ? nil : (entry, end)
  }

  private static func place(of text: Span<UInt8>) -> Int? {
    guard text.count >= beginning else { return nil }
    let hash = text.extracting(0..<beginning).contentHash
    return Int(truncatingIfNeeded: hash >> 50) &* 2
  }
}
