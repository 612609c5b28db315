extension TraceRecord {
  /// Reads a kept trace.
  ///
  /// - Throws: `ParseError` if the text isn't one, is of a later format, was changed since it was written, or
  ///   holds a line that can't be read: half a trace would accuse the wrong function.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    guard let first = lines.next(), first.trimmed().starts(with: "kmemcheck trace ") else {
      throw ParseError(line: 1, reason: "no trace: it begins with \"kmemcheck trace\"")
    }
    let hasDigest = first.trimmed().equals(Self.title)
    guard hasDigest || first.trimmed().equals(Self.firstTitle) else {
      throw ParseError(line: 1, reason: "a trace in a format that this version doesn't know")
    }
    self.init()
    if hasDigest {
      try readSealed(&lines, after: first)
    } else {
      while let line = lines.next() { try readLine(line, lines.number) }
    }
    try check()
  }

  /// Reads lines up to the digest, which must be that of all lines before it, and the last.
  private mutating func readSealed(
    _ lines: inout Lines, after first: Span<UInt8>
  ) throws(ParseError) {
    var digest = TraceDigest()
    digest.add(line: first)
    while let line = lines.next() {
      guard line.starts(with: "digest ") else {
        try readLine(line, lines.number)
        digest.add(line: line)
        continue
      }
      guard line.trimmed().text == "digest \(digest.text)" else {
        throw ParseError(
          line: 0,
          reason: "changed since it was written: its digest is of other bytes. Copy it anew")
      }
      while let rest = lines.next() {
        guard rest.trimmed().isEmpty else {
          throw ParseError(line: lines.number, reason: "a line behind the trace's end")
        }
      }
      return
    }
    throw ParseError(
      line: 0, reason: "cut short: its last line, a digest, is missing. Copy it anew")
  }

  private mutating func readLine(_ line: Span<UInt8>, _ number: Int) throws(ParseError) {
    guard !line.trimmed().isEmpty, !read(line) else { return }
    throw ParseError(line: number, reason: "no line of a trace: the file is damaged")
  }

  /// Every stack must have as many windows as the trace.
  private func check() throws(ParseError) {
    for sum in sums
    where [sum.allocated, sum.left, sum.freed, sum.reused].contains(where: {
      $0.count != windows.count
    }) {
      throw ParseError(line: 0, reason: "cut short: a stack's sums are missing")
    }
    guard windows.isEmpty || windows.allSatisfy({ $0.isFinite && $0 > 0 }), sampling > 0 else {
      throw ParseError(line: 0, reason: "times or rates that can't be")
    }
  }

  private mutating func read(_ line: Span<UInt8>) -> Bool {
    if line.starts(with: " ") { return readOfSum(line) }
    var fields = Fields(line)
    guard let key = fields.next()?.text else { return false }
    switch key {
    case "sum": return readSum(fields.words())
    case "cache", "class": return readBook(key, fields.words())
    case "windows":
      let numbers = fields.words().compactMap(Double.init)
      windows = numbers
      return !numbers.isEmpty
    case "kinds":
      kinds = Set(fields.words().compactMap(Kind.init))
      return true
    default: return readFact(key, fields.words())
    }
  }

  private mutating func readFact(_ key: String, _ words: [String]) -> Bool {
    guard let word = words.first else { return false }
    switch key {
    case "release": release = word
    case "only-cache": cache = word
    case "build":
      if words.count > 1 { builds.modules[words[1]] = word } else { builds.kernel = word }
    case "engine":
      guard let known = Engine(rawValue: word) else { return false }
      engine = known
    default:
      guard let number = Int64(word) else { return false }
      return readNumber(key, number)
    }
    return true
  }

  private mutating func readNumber(_ key: String, _ number: Int64) -> Bool {
    switch key {
    case "wall": wall = number
    case "processors": processors = number
    case "sampling": sampling = number
    case "kept": kept = number
    case "lost": lost = number
    case "seen": seen = number
    case "missed": missed = number
    case "delayed-frees": seesDelayedFrees = number != 0
    case "interrupted": isInterrupted = number != 0
    case "only-size": size = number
    case "only-process": pid = number
    case "cost": cost = number
    case "of-command": command = number != 0 ? [] : nil
    default: return false
    }
    return true
  }

  private mutating func readBook(_ key: String, _ words: [String]) -> Bool {
    if key == "class" {
      guard words.count == 3, let before = Int64(words[1]), let after = Int64(words[2]) else {
        return false
      }
      books.append(Book(.memoryClass(words[0]), before: before, after: after))
      return true
    }
    guard words.count >= 5, ["0", "1", "-"].contains(words[4]), let size = Int64(words[1]),
      let before = Int64(words[2]),
      let after = Int64(words[3])
    else { return false }
    books.append(
      Book(
        .cache(
          name: words[0], size: size, isReclaimable: words[4] == "-" ? nil : words[4] == "1"),
        before: before, after: after, aliases: Array(words.dropFirst(5))))
    return true
  }

  private mutating func readSum(_ words: [String]) -> Bool {
    guard words.count == 3, let kind = Kind(rawValue: words[0]), let size = Int64(words[1]) else {
      return false
    }
    sums.append(
      Sum(
        kind: kind, size: size, cache: words[2] == "-" ? nil : words[2], frames: [], allocated: [],
        left: [], freed: [], reused: []))
    return true
  }

  /// A line of the last sum: its amounts, or a frame.
  private mutating func readOfSum(_ line: Span<UInt8>) -> Bool {
    guard let last = sums.indices.last else { return false }
    if line.starts(with: "  ") {
      guard let frame = KmemleakFrame(line: line) else { return false }
      sums[last].frames.append(frame)
      return true
    }
    var fields = Fields(line)
    let key = fields.next()?.text
    let words = fields.words()
    let numbers = words.compactMap(Int64.init)
    guard numbers.count == words.count else { return false }
    switch key {
    case "allocated": sums[last].allocated = numbers
    case "left": sums[last].left = numbers
    case "freed": sums[last].freed = numbers
    case "reused": sums[last].reused = numbers
    default: return false
    }
    return true
  }
}

extension Fields {
  /// The fields that are left.
  fileprivate mutating func words() -> [String] {
    var words: [String] = []
    while let word = next() { words.append(word.text) }
    return words
  }
}
