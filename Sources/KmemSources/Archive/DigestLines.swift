/// Lines of digests with the names they are of, found by name in the text itself.
///
/// A capture of 50,000 processes has 200,000: a table of names and digests took 30 MB beside the text, and a
/// quarter of the time to read the capture.
struct DigestLines {
  /// All lines, each `DIGEST  NAME`, with a comment's mark before it or without one.
  private(set) var bytes: ArraySlice<UInt8>
  /// Where lines begin, by the hash of their names, −1 where free; the count of slots is a power of two.
  private var slots: [Int32]
  private var count = 0

  private static let newline = UInt8(ascii: "\n")
  /// Digits of a digest, and with the blanks behind them.
  private static let (digits, head) = (64, 66)

  init() {
    bytes = []
    slots = Array(repeating: -1, count: 256)
  }

  /// The lines of a text that ends in a line feed; nil if one of them is none.
  init?(_ text: ArraySlice<UInt8>, comment: [UInt8]) {
    guard text.startIndex == 0, text.count < Int(Int32.max) else { return nil }
    bytes = text
    // A line has 67 bytes at least.
    var room = 256
    while room < text.count / 32 { room *= 2 }
    slots = Array(repeating: -1, count: room)
    var start = 0
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: Self.newline) ?? text.endIndex
      defer { start = end + 1 }
      // No line is empty but one that two line feeds make.
      guard end > start else { continue }
      let mark = text[start..<end].starts(with: comment) ? comment.count : 0
      guard end >= start + mark + Self.digits,
        SHA256(parsing: text[(start + mark)..<(start + mark + Self.digits)]) != nil
      else { return nil }
      place(start, mark: mark)
    }
  }

  /// Adds a line, which ends in a line feed.
  mutating func append(_ line: String, comment: [UInt8]) {
    let start = bytes.endIndex
    bytes += comment
    bytes += line.utf8
    if (count + 1) * 2 > slots.count { grow() }
    place(start, mark: comment.count)
  }

  /// The digest of that name, with a comment's mark before it or without one.
  func digest(named name: String, comment: [UInt8]) -> SHA256? {
    let name = Array(name.utf8)
    let slot = slot(of: name[...], comment: comment)
    guard slots[slot] >= 0 else { return nil }
    let start = Int(slots[slot]) + comment.count
    return SHA256(parsing: bytes[start..<(start + Self.digits)])
  }

  /// All lines, in no order.
  var all: [(name: String, comment: [UInt8], digest: SHA256)] {
    slots.filter { $0 >= 0 }.compactMap { start in
      let mark = mark(at: Int(start))
      let first = Int(start) + mark
      guard let digest = SHA256(parsing: bytes[first..<(first + Self.digits)]) else { return nil }
      let name = String(decoding: self.name(at: Int(start), mark: mark), as: UTF8.self)
      return (name, Array(bytes[Int(start)..<first]), digest)
    }
  }

  /// How many bytes of the line are a comment's mark: digests have no such character.
  private func mark(at start: Int) -> Int {
    guard bytes[start] == UInt8(ascii: "#") else { return 0 }
    return (bytes[start...].dropFirst(2).firstIndex(of: UInt8(ascii: " ")) ?? start) + 1 - start
  }

  private func name(at start: Int, mark: Int) -> ArraySlice<UInt8> {
    let end = bytes[start...].firstIndex(of: Self.newline) ?? bytes.endIndex
    return bytes[min(end, start + mark + Self.head)..<end]
  }

  /// The slot of the line with that name, or the free one where it belongs.
  private func slot(of name: ArraySlice<UInt8>, comment: [UInt8]) -> Int {
    var hasher = Hasher()
    unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] >= 0, !isLine(at: Int(slots[slot]), name, comment) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isLine(at start: Int, _ name: ArraySlice<UInt8>, _ comment: [UInt8]) -> Bool {
    let first = start + comment.count + Self.head
    guard first + name.count < bytes.endIndex, bytes[first + name.count] == Self.newline else {
      return false
    }
    return bytes[first..<(first + name.count)] == name && bytes[start...].starts(with: comment)
      && (!comment.isEmpty || bytes[start] != UInt8(ascii: "#"))
  }

  /// Notes where a line begins; of several with one name the last one counts.
  private mutating func place(_ start: Int, mark: Int) {
    let slot = slot(of: name(at: start, mark: mark), comment: Array(bytes[start..<(start + mark)]))
    if slots[slot] < 0 { count += 1 }
    slots[slot] = Int32(truncatingIfNeeded: start)
  }

  private mutating func grow() {
    let starts = slots.filter { $0 >= 0 }.map(Int.init)
    slots = Array(repeating: -1, count: slots.count * 2)
    count = 0
    for start in starts { place(start, mark: mark(at: start)) }
  }
}
