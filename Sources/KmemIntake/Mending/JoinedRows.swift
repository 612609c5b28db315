internal import KmemParsers

/// Rows of tables that stand in one line, found by their shape.
struct JoinedRows {
  /// Where rows begin.
  private(set) var starts: [Int] = []

  /// Reads the line, the first anchor of which is known.
  init(_ line: Span<UInt8>, from anchor: Anchor?) {
    if let anchor { readAnchors(line, from: anchor) }
    if Self.signs.isAny(in: line) {
      if starts.count < 2 || line.offset(of: "pages free ") != nil { readPairs(line) }
      if starts.count < 2 { readProcesses(line) }
    }
    guard starts.count >= 2 else { return }
    readTitles(line)
    starts = Set(starts).sorted()
  }

  /// Rows of slabinfo, slabtop, allocinfo, vmallocinfo and buddyinfo, and of `vmstat -s`.
  ///
  /// A meminfo among them begins with its first row; the others are parted as it is mended.
  private mutating func readAnchors(_ line: Span<UInt8>, from first: Anchor) {
    var next: Anchor? = first
    var isMeminfo = false
    while let anchor = next {
      let isRow =
        anchor.kind == .margin || anchor.kind == .other || anchor.kind == .meminfo && !isMeminfo
      isMeminfo = anchor.kind == .meminfo
      if isRow, starts.last ?? -1 < anchor.start {
        starts.append(anchor.start)
      }
      // The rest of a word is no row; of a row of numbers the next ones are none.
      next = Anchor(line, from: line.endOfRow(anchor))
    }
  }

  /// What lines have in which names and numbers, or processes, may stand.
  private static let signs = LiteralIndex(["nr_", "USER "])

  /// Names and numbers in turn, as in `/proc/vmstat`.
  private mutating func readPairs(_ line: Span<UInt8>) {
    guard line.offset(of: "nr_") != nil else { return }
    var found: [Int] = []
    var offset = line.offsetOfNonBlank(from: 0)
    while offset < line.count {
      let end = line.offsetOfBlank(from: offset)
      let next = line.offsetOfNonBlank(from: end)
      let isName = line[offset] &- UInt8(ascii: "a") < 26
      let number = line.extracting(next..<line.offsetOfBlank(from: next))
      if isName, number.decimal != nil { found.append(offset - line.titleLength(before: offset)) }
      offset = next
    }
    // Of a zone's words those that stand apart are told by their numbers too.
    if found.count >= 8 { starts += found }
  }

  /// Rows of `ps aux`: a user, a number, two shares, two sizes.
  private mutating func readProcesses(_ line: Span<UInt8>) {
    guard let heading = line.offset(of: "USER "), line.soon(heading).offset(of: "PID") != nil else {
      return
    }
    var found: [Int] = [heading]
    var offset = heading
    while offset < line.count {
      if line.isProcess(at: offset) { found.append(offset) }
      offset = line.offsetOfNonBlank(from: line.offsetOfBlank(from: offset))
    }
    starts = found
  }

  /// The titles above rows.
  private mutating func readTitles(_ line: Span<UInt8>) {
    for title in Self.titles {
      var from = 0
      while let place = line.offset(of: title, from: from) {
        if place == 0 || Ascii.isBlank(line[place - 1]) { starts.append(place) }
        from = place + 1
      }
    }
  }

  private static let titles: [StaticString] = [
    "slabinfo - version:", "# name ", "Active / Total Objects", "Active / Total Slabs",
    "Active / Total Caches", "Active / Total Size", "Minimum / Average", "OBJS ACTIVE ",
    "allocinfo - version:", "Page block order:", "Pages per block:", "Free pages count per migrate",
    "Number of blocks type", "per-node stats", "protection:", "pagesets",
  ]
}

extension Span<UInt8> {
  /// Where the next row may begin behind the place where one was told.
  fileprivate func endOfRow(_ anchor: Anchor) -> Int {
    var end = offsetOfBlank(from: Swift.max(anchor.mark, anchor.start) + 1)
    // The numbers of a row of slabtop are none of another's.
    while anchor.mark == anchor.start, end < count {
      let next = offsetOfNonBlank(from: end)
      guard next < count, Ascii.isDigit(self[next]) || self[next] == UInt8(ascii: "%") else {
        break
      }
      if holds("0x", at: next),
        extracting(next..<offsetOfBlank(from: next)).offset(of: "-0x") != nil
      {
        break
      }
      if isSum(at: next) { break }
      end = offsetOfBlank(from: next)
    }
    return end
  }

  /// How long the words are that stand before a name in its line: `pages free`.
  fileprivate func titleLength(before start: Int) -> Int {
    if holds("pages ", at: start - 6) { return 6 }
    return holds("vm stats ", at: start - 9) ? 9 : 0
  }

  /// Whether a row of `vmstat -s` begins there: `123 K total memory`.
  private func isSum(at start: Int) -> Bool { holds(" K ", at: offsetOfBlank(from: start)) }

  /// Whether a row of ps begins there.
  fileprivate func isProcess(at start: Int) -> Bool {
    var fields = Fields(soon(start))
    guard let user = fields.next(), !Ascii.isDigit(user[0]), fields.next()?.decimal != nil,
      fields.next()?.isShare == true, fields.next()?.isShare == true,
      fields.next()?.decimal != nil, fields.next()?.decimal != nil
    else { return false }
    return true
  }

  /// `12.5`.
  private var isShare: Bool {
    let point = offset(ofByte: UInt8(ascii: "."))
    return point > 0 && point < count && extracting(0..<point).decimal != nil
  }
}
