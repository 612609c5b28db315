/// The machine whose lines a log has, as collectors put it before each of them.
extension Span<UInt8> {
  /// The host that syslog, journald or rsyslog names behind the time: `Nov 22 18:40:12 db1 kernel: `,
  /// `2026-11-22T18:40:12+01:00 db1 root: `.
  ///
  /// Nothing where the line has no such time, or no program's name behind the host: the word may be
  /// a level then, or the program.
  package var logHost: String? {
    guard let start = offsetBehindTime else { return nil }
    let end = offsetOfBlank(from: start)
    let next = offsetOfNonBlank(from: end)
    guard end > start, next < count, extracting(start..<end).isHostName else { return nil }
    var word = extracting(next..<offsetOfBlank(from: next))
    // BusyBox has the facility and the level between: `openwrt user.notice root: `.
    if word.isLogLevel {
      let last = offsetOfNonBlank(from: next + word.count)
      guard last < count else { return nil }
      word = extracting(last..<offsetOfBlank(from: last))
    }
    return word.isProgramTag ? extracting(start..<end).text : nil
  }

  /// Where the words behind a log's time begin.
  private var offsetBehindTime: Int? {
    let first = offsetOfNonBlank(from: 0)
    guard first < count else { return nil }
    if Ascii.isDigit(self[first]) {
      let end = offsetOfBlank(from: first)
      let word = extracting(first..<end)
      guard word.count >= 10, word[4] == UInt8(ascii: "-"), word[7] == UInt8(ascii: "-") else {
        return nil
      }
      if word.contains(Ascii.colon) { return offsetOfNonBlank(from: end) }
      let time = offsetOfNonBlank(from: end)
      let behind = offsetOfBlank(from: time)
      guard time < count, extracting(time..<behind).contains(Ascii.colon) else { return nil }
      return offsetOfNonBlank(from: behind)
    }
    // `Nov 22 18:40:12`: a month, a day and a time, whose colons have fixed places.
    guard count > first + 16, self[first + 9] == Ascii.colon, self[first + 12] == Ascii.colon,
      self[first + 3] == Ascii.space
    else { return nil }
    return offsetOfNonBlank(from: offsetOfBlank(from: first + 9))
  }

  /// Whether it may be the name of a host, or its address.
  package var isHostName: Bool {
    guard count > 0, count <= 253, !isLogLevel else { return false }
    // Digits alone are a year, a count or a process; an address has points.
    var hasSign = false
    for index in indices {
      let byte = self[index]
      hasSign = hasSign || !Ascii.isDigit(byte)
      guard Ascii.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else {
        return false
      }
    }
    return hasSign
  }

  /// Whether the bytes are those of the literal, in large letters or small ones.
  private func equalsLowercased(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    return literal.withUTF8Buffer { expected in
      for index in indices where unsafe expected[index] != self[index].lowercased { return false }
      return true
    }
  }

  /// `root:`, `kernel:`, `logger[12]:`.
  private var isProgramTag: Bool { count > 1 && self[count - 1] == Ascii.colon }

  /// Whether it is a level of importance, with or without the facility: `notice`, `user.notice`.
  private var isLogLevel: Bool {
    var start = 0
    for index in indices where self[index] == UInt8(ascii: ".") { start = index + 1 }
    guard count - start <= 8, start < count else { return false }
    let word = extracting(start..<count)
    return logLevels.contains { word.equalsLowercased($0) }
  }
}

/// The levels of syslog, and those of other logs.
private let logLevels: [StaticString] = [
  "emerg", "alert", "crit", "err", "error", "warn", "warning", "notice", "info", "debug", "trace",
  "fatal", "panic", "critical",
]

extension UInt8 {
  /// The small letter of a large one.
  fileprivate var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
