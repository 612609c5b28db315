internal import KmemParsers

/// A row of meminfo, in whatever form it was written down.
struct MeminfoRow {
  /// Where the name lies.
  let name: Range<Int>
  /// The number's digits.
  private(set) var digits: [UInt8] = []
  /// Where what belongs to the row ends.
  private(set) var end: Int
  /// The unit as written, in small letters; empty where there's none.
  private(set) var unit: [UInt8] = []
  /// Whether more than blanks part the name from the amount.
  private var hasMark = false
  /// What it is that isn't as the kernel prints it.
  private(set) var mendings: [Mending] = []

  /// Reads the row of a known name that begins at the offset; nothing if none does.
  ///
  /// `isAny` asks for any name with the kernel's colon instead.
  init?(_ line: Span<UInt8>, at start: Int, isAny: Bool = false) {
    let nameEnd = Self.endOfName(line, from: start)
    guard nameEnd - start >= 4, nameEnd < line.count, line[start] &- UInt8(ascii: "A") < 26 else {
      return nil
    }
    name = start..<nameEnd
    end = nameEnd
    guard isAny || Self.mayBeKnown(line.extracting(name)), readSeparator(line),
      isAny && mendings.isEmpty || Self.isKnown(line.extracting(name)),
      readDigits(line)
    else { return nil }
    readUnit(line)
    // Names and numbers side by side may be anything.
    if unit.isEmpty, !hasMark, !Self.isCount(line.extracting(name)) { return nil }
    guard unit.isEmpty, end < line.count else { return }
    // A fraction, or a word that begins with digits, is no amount of the kernel's.
    let isFraction =
      (line[end] == UInt8(ascii: ".") || line[end] == Ascii.comma)
      && end + 1 < line.count && Ascii.isDigit(line[end + 1])
    if isFraction || line[end] &- UInt8(ascii: "a") < 26 { return nil }
  }

  /// Whether the kernel prints the name in meminfo.
  static func isKnown(_ name: Span<UInt8>) -> Bool {
    guard mayBeKnown(name) else { return false }
    var bytes: [UInt8] = []
    bytes.append(name)
    return names.contains(bytes)
  }

  static func isKnown(_ name: String) -> Bool { names.contains(Array(name.utf8)) }

  private static let names = Set(
    (Meminfo.knownLines.map(\.name) + [
      "DirectMap2M", "DirectMap4M", "DirectMap1G", "MemShared", "MemUsed", "FilePages",
    ]).map { Array($0.utf8) })

  /// Whether a name that the kernel prints has that length and that first byte: most words have not, and
  /// are asked for often.
  private static func mayBeKnown(_ name: Span<UInt8>) -> Bool {
    name.count < 32 && !name.isEmpty && beginnings[name.count << 8 | Int(name[0])]
  }

  private static let beginnings: [Bool] = {
    var found = Array(repeating: false, count: 32 << 8)
    for name in names where name.count < 32 { found[name.count << 8 | Int(name[0])] = true }
    return found
  }()

  /// Where a name ends that begins at the offset.
  static func endOfName(_ line: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < line.count, line[end].isNameByte { end += 1 }
    return end
  }

  /// Whether the row counts pages instead of kB.
  static func isCount(_ name: Span<UInt8>) -> Bool { name.starts(with: "HugePages_") }

  /// Whether the row of that name counts pages instead of kB.
  static func isCount(_ name: String) -> Bool { name.hasPrefix("HugePages_") }

  // MARK: Parts

  /// `: `, and what stands for it in tables, JSON, and lists of other kinds.
  private mutating func readSeparator(_ line: Span<UInt8>) -> Bool {
    let colon = end
    // Ruby writes `"MemFree"=>"1024 kB"`.
    while end < line.count, line[end].isSeparator || line.holds("=>", at: end - 1) {
      hasMark = hasMark || !Ascii.isBlank(line[end])
      end += 1
    }
    guard end > colon, end < line.count else { return false }
    let isKernels = line[colon] == Ascii.colon && line.offsetOfNonBlank(from: colon + 1) == end
    if !isKernels { mendings.append(.separators) }
    hasMark = hasMark || line[colon] == Ascii.tab
    return true
  }

  private mutating func readDigits(_ line: Span<UInt8>) -> Bool {
    while end < line.count, Ascii.isDigit(line[end]) {
      digits.append(line[end])
      end += 1
    }
    guard !digits.isEmpty else { return false }
    guard digits.count <= 3, end < line.count else { return true }
    let first = (digits, end)
    let mark = line[end]
    guard ",.'_ ".utf8.contains(mark), groups(line, after: mark) > 0 else { return true }
    // Numbers side by side are one number only where a unit tells so.
    if mark == Ascii.space, !line.holds(" k", at: end), !line.holds(" K", at: end) {
      (digits, end) = first
    } else {
      mendings.append(.thousands)
    }
    return true
  }

  /// Reads groups of three digits behind marks of thousands, all the same; behind commas groups of two
  /// before the last, as India counts.
  private mutating func groups(_ line: Span<UInt8>, after mark: UInt8) -> Int {
    var count = 0
    while end < line.count, line[end] == mark {
      var stop = end + 1
      while stop < line.count, stop - end <= 4, Ascii.isDigit(line[stop]) { stop += 1 }
      let length = stop - end - 1
      let isPair = length == 2 && mark == Ascii.comma && stop < line.count && line[stop] == mark
      guard length == 3 || isPair else { break }
      for index in (end + 1)..<stop { digits.append(line[index]) }
      end = stop
      count += 1
    }
    return count
  }

  private mutating func readUnit(_ line: Span<UInt8>) {
    var start = end
    while start < line.count, Ascii.isBlank(line[start]) || line[start].isGap { start += 1 }
    var stop = start
    while stop < line.count, stop - start < 6, line[stop].isLetter { stop += 1 }
    let word = line.extracting(start..<stop)
    guard let unit = Self.unit(word) else {
      // `kBMemFree:` is what stays where a page lost the ends of its lines.
      guard line.holds("kB", at: start) else { return }
      return take(line, start..<(start + 2))
    }
    guard stop == line.count || !Ascii.isWord(line[stop]) || unit.count == 2 else { return }
    take(line, start..<stop)
  }

  private mutating func take(_ line: Span<UInt8>, _ range: Range<Int>) {
    let word = line.extracting(range)
    for index in word.indices { unit.append(word[index] | 0x20) }
    if line.offsetOfNonBlank(from: end) != range.lowerBound { mendings.append(.separators) }
    if !word.equals("kB") || range.lowerBound == end { mendings.append(.unit(word.words)) }
    end = range.upperBound
  }

  private static func unit(_ word: Span<UInt8>) -> [UInt8]? {
    guard word.count >= 1, word.count <= 5 else { return nil }
    var small: [UInt8] = []
    for index in word.indices { small.append(word[index] | 0x20) }
    return units.contains { Array($0.utf8) == small } ? small : nil
  }

  /// Units in small letters; French has octets.
  private static let units = [
    "kb", "kib", "k", "mb", "mib", "gb", "gib", "ko", "kio", "mo", "mio", "go", "gio", "b", "byte",
    "bytes",
  ]
}

extension MeminfoRow {
  /// The row as the kernel prints it; nothing if its amount can't be told in kB.
  func text(_ line: Span<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.append(line.extracting(name))
    result.append(Ascii.colon)
    var value = String(decoding: digits, as: UTF8.self)
    result += Array(repeating: Ascii.space, count: max(1, 24 - result.count - value.count))
    if let factor, factor > 1 {
      guard let number = UInt64(value) else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      value = String(product)
    } else if unit.first == UInt8(ascii: "b"), let number = UInt64(value) {
      value = String(number / 1024)
    }
    result += value.utf8
    let isCount = unit.isEmpty && Self.isCount(line.extracting(name))
    return isCount ? result : result + Array(" kB".utf8)
  }

  /// How many kB the unit is.
  private var factor: UInt64? {
    switch unit.first {
    case UInt8(ascii: "m"): 1024
    case UInt8(ascii: "g"): 1024 * 1024
    default: 1
    }
  }

  /// Whether a row of kB has no unit.
  func lacksUnit(_ line: Span<UInt8>) -> Bool {
    unit.isEmpty && !Self.isCount(line.extracting(name))
  }
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    Ascii.isWord(self) || self == UInt8(ascii: "(") || self == UInt8(ascii: ")")
  }

  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// What may stand between a name and its amount.
  fileprivate var isSeparator: Bool {
    Ascii.isBlank(self) || ":=|,;\"'*_`".utf8.contains(self)
  }

  /// What may stand between an amount and its unit, besides blanks.
  fileprivate var isGap: Bool { ",;|*_\"'".utf8.contains(self) }
}

extension Span<UInt8> {
  /// The bytes as text.
  var words: String {
    var bytes: [UInt8] = []
    bytes.append(self)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Adds the bytes of a span.
  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe append(contentsOf: bytes) }
  }
}
