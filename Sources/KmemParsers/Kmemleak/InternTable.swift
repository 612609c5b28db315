/// Gives each distinct text a number, and keeps the text once.
struct InternTable: Hashable, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private(set) var hashes: [UInt64] = []
  /// Numbers by hash, −1 where free; the count of slots is a power of two.
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  var count: Int { ends.count }
  var byteCount: Int { bytes.count }

  /// The text of that number.
  func text(_ number: Int) -> String { bytes.span.extracting(range(number)).text }

  func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  /// The number of the text, or nothing if it was never added.
  func find(_ text: Span<UInt8>, hash: UInt64) -> Int? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, bytes.span.extracting(range(number)).equals(text) { return number }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Whether a longer text begins with the one of that number.
  func isBeginning(_ number: Int, of text: Span<UInt8>) -> Bool {
    let range = range(number)
    return range.count < text.count
      && bytes.span.extracting(range).equals(text.extracting(0..<range.count))
  }

  /// Whether a text is nothing but lines of a kmemleak report.
  func isOfKmemleak(_ number: Int) -> Bool {
    let range = range(number)
    return bytes.span.extracting(range).kmemleakLines(beyond: range.count).end == range.count
  }

  /// Adds a text that isn't in the table yet.
  mutating func add(_ text: Span<UInt8>, hash: UInt64) -> Int {
    if (ends.count + 1) * 2 > slots.count { grow() }
    for index in text.indices { bytes.append(text[index]) }
    ends.append(bytes.count)
    hashes.append(hash)
    place(ends.count - 1, hash)
    return ends.count - 1
  }

  mutating func number(of text: Span<UInt8>) -> Int {
    let hash = text.contentHash
    return find(text, hash: hash) ?? add(text, hash: hash)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for number in hashes.indices { place(number, hashes[number]) }
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: number)
  }
}

extension Span<UInt8> {
  /// A hash of the bytes that is the same in every run.
  var contentHash: UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
    var offset = 0
    // Of a whole backtrace, four words at a time needn't wait for each other.
    if count >= 64 {
      var (one, two, three) = (hash &+ 1, hash &+ 2, hash &+ 3)
      while offset &+ 32 <= count {
        hash = hash.mixed(with: word(at: offset))
        one = one.mixed(with: word(at: offset &+ 8))
        two = two.mixed(with: word(at: offset &+ 16))
        three = three.mixed(with: word(at: offset &+ 24))
        offset &+= 32
      }
      hash = hash.mixed(with: one).mixed(with: two).mixed(with: three)
    }
    while offset &+ 8 <= count {
      hash = hash.mixed(with: word(at: offset))
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < count {
      tail = tail << 8 | UInt64(self[offset])
      offset &+= 1
    }
    return hash.mixed(with: tail)
  }
}

extension UInt64 {
  /// Both numbers as one, every bit of each touching every bit of the result.
  @inline(__always)
  package func mixed(with other: UInt64) -> UInt64 {
    let product = (self ^ other).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low &+ 0x632b_e59b_d9b4_e019
  }
}
