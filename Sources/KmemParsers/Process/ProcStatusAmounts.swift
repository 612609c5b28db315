/// What `/proc/PID/status` tells of a process and its memory.
///
/// `ProcStatus` keeps every line of the file; of tens of thousands of processes these are wanted, and
/// nothing is remarked on.
package struct ProcStatusAmounts: Hashable, Sendable {
  /// The command's name, `Name`.
  package private(set) var name: String?
  /// One letter, as `ps` shows it.
  package private(set) var state: String?
  /// `PPid`.
  package private(set) var parent: Int?
  /// The real user id, the first number of `Uid`.
  package private(set) var userID: UInt32?
  /// `Threads`.
  package private(set) var threads: Int?
  /// `VmSize`, in bytes like all that follows.
  package private(set) var virtualSize: Int64?
  /// `VmRSS`.
  package private(set) var resident: Int64?
  /// `RssAnon` (4.5).
  package private(set) var residentAnonymous: Int64?
  /// `RssFile` (4.5).
  package private(set) var residentFile: Int64?
  /// `RssShmem` (4.5).
  package private(set) var residentShmem: Int64?
  /// `VmPTE`.
  package private(set) var pageTables: Int64?
  /// `VmSwap`.
  package private(set) var swap: Int64?
  /// `HugetlbPages` (4.4).
  package private(set) var hugetlb: Int64?

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension ProcStatusAmounts {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var seen = Seen()
    var lines = Lines(text)
    while let line = lines.next() {
      let colon = line.offset(ofByte: Ascii.colon)
      guard colon > 0, colon < line.count else { continue }
      let key = seen.key(line.extracting(0..<colon).trimmed())
      guard key != nil || !seen.hasLines, !isErrorMessage(line) else { continue }
      seen.hasLines = true
      guard let key, seen.isFirst(key) else { continue }
      take(key, line.extracting((colon + 1)..<line.count).trimmed())
    }
    guard seen.hasLines else { throw ProcStatus.file.refusal(of: text) }
  }

  private mutating func take(_ key: Key, _ value: Span<UInt8>) {
    switch key {
    case .name: name = value.text
    case .state: state = value.text.first.map(String.init)
    case .parent: parent = Self.number(value).flatMap(Int.init(exactly:))
    case .user: userID = Self.number(value).flatMap(UInt32.init(exactly:))
    case .threads: threads = Self.number(value).flatMap(Int.init(exactly:))
    case .virtualSize: virtualSize = Self.bytes(value)
    case .resident: resident = Self.bytes(value)
    case .residentAnonymous: residentAnonymous = Self.bytes(value)
    case .residentFile: residentFile = Self.bytes(value)
    case .residentShmem: residentShmem = Self.bytes(value)
    case .pageTables: pageTables = Self.bytes(value)
    case .swap: swap = Self.bytes(value)
    case .hugetlb: hugetlb = Self.bytes(value)
    }
  }

  private static func number(_ value: Span<UInt8>) -> Int64? {
    var fields = Fields(value)
    guard let digits = fields.next() else { return nil }
    return Int64(digits.text)
  }

  /// An amount in `kB`; nothing for any other value.
  private static func bytes(_ value: Span<UInt8>) -> Int64? {
    var fields = Fields(value)
    guard let digits = fields.next(), let unit = fields.next(), unit.equals("kB"), fields.isAtEnd,
      let number = Int64(digits.text), number >= 0
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }

  /// The lines that are wanted, in the order in which 6.18 prints them.
  private enum Key: Int, CaseIterable {
    case name, state, parent, user, virtualSize, resident, residentAnonymous, residentFile
    case residentShmem, pageTables, swap, hugetlb, threads
  }

  /// What of the file has been met.
  private struct Seen {
    var hasLines = false
    private var keys: UInt32 = 0
    private var hint = 0

    private static let names = LineNames<Key>([
      ("Name", .name), ("State", .state), ("PPid", .parent), ("Uid", .user),
      ("VmSize", .virtualSize), ("VmRSS", .resident), ("RssAnon", .residentAnonymous),
      ("RssFile", .residentFile), ("RssShmem", .residentShmem), ("VmPTE", .pageTables),
      ("VmSwap", .swap), ("HugetlbPages", .hugetlb), ("Threads", .threads),
    ])

    init() {}

    /// The key of a line's name, looked for from where it likely is.
    mutating func key(_ name: Span<UInt8>) -> Key? {
      Self.names.key(name, hint: &hint)
    }

    /// Whether the line hasn't been there before: the first one counts.
    mutating func isFirst(_ key: Key) -> Bool {
      let bit = UInt32(1) << UInt32(key.rawValue)
      defer { keys |= bit }
      return keys & bit == 0
    }
  }
}
