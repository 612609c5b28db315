internal import KmemParsers

extension Span<UInt8> {
  /// Whether the line may be a time: a word of it looks like one, and no more than two can't be
  /// parts of one.
  ///
  /// `TimeMark` tells for sure, and takes a thousand times as long: this may be wrong only where it
  /// says yes.
  var mayBeTime: Bool {
    if starts(with: "Every ") || starts(with: "ZZZZ,") { return true }
    if isOfKernelLog { return false }
    var (words, others, hasSign) = (0, 0, false)
    var start = 0
    while start < count {
      var end = start
      while end < count, !Self.isBlank(self[end]) { end &+= 1 }
      let word = extracting(start..<end)
      if let isOther = word.isNoTime {
        // `up` makes a time of a line, whatever stands behind it.
        if words <= 3, word.isUp { return true }
        words += 1
        others += isOther ? 1 : 0
        hasSign = hasSign || !isOther && word.hasTimeSign
        // Only `up` among the first four could make a time of it now.
        if words > 16 || words > 3 && others > 2 { return false }
      }
      start = end + 1
    }
    // The two numbers of /proc/uptime have nothing but a point.
    return others <= 2 && (hasSign || words == 2 && others == 0)
  }

  /// Whether the line is the kernel's, behind its seconds since boot: whatever times it names, it begins
  /// no moment.
  private var isOfKernelLog: Bool {
    guard count > 1, self[0] == UInt8(ascii: "[") else { return false }
    var end = 1
    while end < count, end < 24, self[end] != UInt8(ascii: "]") { end &+= 1 }
    var start = 1
    while start < end, Self.isBlank(self[start]) { start &+= 1 }
    guard end < count, self[end] == UInt8(ascii: "]"),
      let seconds = extracting(start..<end).stampedSeconds
    else { return false }
    // No machine has been up for thirty years: those are seconds since 1970.
    return seconds < 1e9
  }

  /// Whether the word has what a time of day, a year or seconds since 1970 have: digits around a colon,
  /// or four, eight or more than nine of them in a row with no small letter beside them, as a
  /// hexadecimal number has.
  private var hasTimeSign: Bool {
    var start = 0
    for index in 0...count {
      let byte = index < count ? self[index] : Ascii.space
      if byte >= 0x80 { return true }
      if Ascii.isDigit(byte) { continue }
      let digits = index &- start
      if digits > 0, byte == Ascii.colon, index &+ 1 < count, Ascii.isDigit(self[index &+ 1]) {
        return true
      }
      if digits == 4 || digits == 8 || digits > 9, !byte.isSmallLetter,
        start == 0 || !self[start &- 1].isSmallLetter
      {
        return true
      }
      start = index &+ 1
    }
    return false
  }

  /// Whether it is a word that is no part of a time; nothing for marks around one.
  private var isNoTime: Bool? {
    var (start, end) = (0, count)
    while start < end, Self.isMark(self[start]) { start &+= 1 }
    while end > start, Self.isMark(self[end &- 1]) { end &-= 1 }
    guard start < end else { return nil }
    let word = extracting(start..<end)
    var (letters, digits) = (0, 0)
    for index in word.indices {
      let byte = word[index]
      // What isn't ASCII is left to the reader of times.
      if byte >= 0x80 || byte < 0x20 { return false }
      if byte.isLetter { letters &+= 1 } else if Ascii.isDigit(byte) { digits &+= 1 }
    }
    if Ascii.isDigit(word[0]) || digits >= 14 { return false }
    return letters < word.count || !word.mayBeNameOfTime
  }

  /// What may stand around a word of a time.
  private static func isMark(_ byte: UInt8) -> Bool {
    !byte.isLetter && !Ascii.isDigit(byte) && byte < 0x80 && byte >= 0x20
  }

  private var isUp: Bool {
    var (start, end) = (0, count)
    while start < end, Self.isMark(self[start]) { start &+= 1 }
    while end > start, Self.isMark(self[end &- 1]) { end &-= 1 }
    return extracting(start..<end).equals("up")
  }

  /// Whether the letters may be a day, a month, a zone, or a half of the day.
  private var mayBeNameOfTime: Bool {
    if count <= 2 { return true }
    if count <= 5, (0..<count).allSatisfy({ self[$0] & 0x20 == 0 }) { return true }
    let name = UInt32(self[0] | 0x20) << 16 | UInt32(self[1] | 0x20) << 8 | UInt32(self[2] | 0x20)
    return namesOfTime.contains(name)
  }
}

/// The first three letters of days and months, one number each.
private let namesOfTime = Set(
  (TimeReader.weekdays + TimeReader.months).map { name in
    name.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  })

extension UInt8 {
  fileprivate var isSmallLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
