extension TimeMark {
  /// Reads a line that is a time and little else, as `date`, `uptime` or a script's `echo` print it.
  ///
  /// Prose that names a time, and what says when somebody posted something, is none.
  init?(line: String) {
    let bare = line.trimming(frames)
    let words =
      Self.ofMonitor(bare)
      ?? bare.split(whereSeparator: \.isWhitespace).map { $0.trimming { $0 == "*" } }
    guard (1...16).contains(words.count) else { return nil }
    if let time = Self.endOfWatch(words) {
      var reader = TimeReader(time)
      guard let mark = reader.read() else { return nil }
      self = mark
    } else if let mark = Self.uptime(words) ?? Self.procUptime(words) {
      self = mark
    } else {
      var reader = TimeReader(words)
      guard let mark = reader.read() else { return nil }
      self = mark
    }
    self.words = String(bare)
  }

  /// Reads what a log puts before each of its lines: a time, and whatever names the machine, the
  /// program and the level.
  ///
  /// Nothing without a time of day, seconds since 1970, or the kernel's seconds since boot.
  init?(prefix: String) {
    let words = prefix.split(whereSeparator: \.isWhitespace).map { $0.trimming { $0 == "*" } }
    guard (1...16).contains(words.count) else { return nil }
    var reader = TimeReader(words, mostOthers: 12)
    if let mark = reader.read(), mark.second != nil || mark.epoch != nil {
      self = mark
    } else if let up = Self.kernelStamp(prefix) {
      self.init(up: up)
    } else {
      return nil
    }
    self.words = String(prefix.trimming { $0.isWhitespace || "|>:".contains($0) })
  }

  /// `[   12.345678]`: seconds, with six decimals.
  private static func kernelStamp(_ prefix: String) -> Double? {
    guard let open = prefix.firstIndex(of: "["), let close = prefix[open...].firstIndex(of: "]")
    else { return nil }
    let inner = prefix[prefix.index(after: open)..<close].trimming(\.isWhitespace)
    guard let point = inner.firstIndex(of: "."), inner[point...].utf8.count == 7 else { return nil }
    return Double(inner).flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Seconds since 1970 as journals print them: a number of microseconds.
  init?(microseconds: String) {
    guard let number = Double(microseconds), number >= 1e15, number < 4e15 else { return nil }
    self.init(epoch: number / 1e6)
    words = microseconds
  }

  /// nmon's line before the samples of one moment: `ZZZZ,T0001,10:00:01,22-NOV-2026`.
  private static func ofMonitor(_ line: Substring) -> [Substring]? {
    guard line.hasPrefix("ZZZZ,") else { return nil }
    let cells = line.split(separator: ",")
    guard cells.count == 4 else { return nil }
    return [cells[2]] + cells[3].split(separator: "-")
  }

  /// The time in the first line of `watch`: `Every 2.0s: cat /proc/meminfo   db1: Fri Nov 22 23:40:12
  /// 2024`, before procps 3.3.12 without the host.
  private static func endOfWatch(_ words: [Substring]) -> [Substring]? {
    guard words.count > 6, words[0] == "Every", words[1].hasSuffix("s:") else { return nil }
    return Array(words.suffix(5))
  }

  /// What `uptime` and the first line of `top` print: a time, `up`, and how long.
  private static func uptime(_ words: [Substring]) -> TimeMark? {
    guard let place = words.firstIndex(of: "up"), place <= 3 else { return nil }
    var mark = TimeMark()
    if place > 0 {
      guard let time = TimeReader.time(words[place - 1]) else { return nil }
      mark.second = time
    }
    mark.up = span(words[(place + 1)...])
    return mark.up == nil ? nil : mark
  }

  /// `1 day,  3:04,`, `10 days, 5 min,`, `3:04,`, `2 hours, 5 minutes`: seconds.
  private static func span(_ words: ArraySlice<Substring>) -> Double? {
    var total: Double?
    var number: Double?
    for word in words {
      let word = word.trimming { ",*".contains($0) }
      if let value = Double(word), value >= 0, value < 1e6, number == nil {
        number = value
      } else if let value = number, let unit = units[String(word)] {
        total = (total ?? 0) + value * unit
        number = nil
      } else if number == nil, let time = TimeReader.time(word, mostHours: 23) {
        return (total ?? 0) + time
      } else {
        break
      }
    }
    return total
  }

  private static let units: [String: Double] = [
    "day": 86400, "days": 86400, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "hour": 3600,
    "hours": 3600, "hrs": 3600, "sec": 1, "secs": 1, "seconds": 1, "week": 604_800,
    "weeks": 604_800, "year": 31_536_000, "years": 31_536_000,
  ]

  /// The two numbers of `/proc/uptime`.
  private static func procUptime(_ words: [Substring]) -> TimeMark? {
    guard words.count == 2, words.allSatisfy({ $0.dropLast(2).last == "." }),
      let up = Double(words[0]), up >= 0, Double(words[1]) != nil
    else { return nil }
    var mark = TimeMark()
    mark.up = up
    return mark
  }
}

/// What scripts put around a time to make it stand out.
private func frames(_ character: Character) -> Bool {
  character.isWhitespace || "=-#*_~<>[](){}|:.,'\"`+".contains(character)
}

extension StringProtocol {
  /// The text without the characters of a kind at its ends.
  func trimming(_ isFrame: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let first = rest.first, isFrame(first) { rest.removeFirst() }
    while let last = rest.last, isFrame(last) { rest.removeLast() }
    return rest
  }
}
