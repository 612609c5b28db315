/// Finds the parts of a time among the words of a line.
struct TimeReader {
  private let words: [Substring]
  private var mark = TimeMark()
  private var month: Int?
  private var dayOfMonth: Int?
  private var year: Int?
  /// Words that are no part of a time.
  private var others = 0

  /// So many of them may stand beside a time.
  private let mostOthers: Int

  init(_ words: [Substring], mostOthers: Int = 2) {
    self.words = words
    self.mostOthers = mostOthers
  }

  /// The time; nothing where the line has none, or is about something else.
  mutating func read() -> TimeMark? {
    // The head of a mail says when it was sent, as the list of a forum does.
    if words[0].lowercased() == "date:", words.count > 1, words[1].hasSuffix(",") { return nil }
    for word in words {
      guard !Self.ofPosts.contains(word.lowercased().trimming { ":,.".contains($0) }[...]) else {
        return nil
      }
      if !take(word) { others += 1 }
      // Most lines of a log end here, after some words of many.
      guard others <= mostOthers else { return nil }
    }
    if let month, let dayOfMonth {
      mark.day = TimeMark.Day(year: year, month: month, day: dayOfMonth)
    }
    // An epoch among words may be any number.
    if mark.epoch != nil, words.count > 1 + (others > 0 ? 1 : 0) { return nil }
    return mark.isAnything ? mark : nil
  }

  private mutating func take(_ word: Substring) -> Bool {
    let bare = word.trimming { ",;()[]*".contains($0) }
    if Self.weekdays.contains(bare.lowercased()[...].prefix(3)), bare.allSatisfy(\.isLetter) {
      return true
    }
    if let number = Self.months.firstIndex(of: bare.lowercased().prefix(3)), month == nil,
      bare.allSatisfy(\.isLetter)
    {
      month = number + 1
      return true
    }
    return takeDate(bare) || takeTime(bare) || takeZone(bare) || takeNumber(bare)
  }

  /// `2025-07-29`, `2025/07/29`, `29.07.2025`, with or without a time behind.
  private mutating func takeDate(_ word: Substring) -> Bool {
    let digits = word.filter { $0.isASCII && $0.isNumber }
    if digits.count == 14, takeCompact(digits), word.count <= 15 { return true }
    guard month == nil, word.count >= 8 else { return false }
    let separator: Character = word.contains("-") ? "-" : word.contains("/") ? "/" : "."
    let parts = word.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let first = Int(parts[0]), let second = Int(parts[1]) else {
      return false
    }
    let lead = parts[2].prefix { $0.isASCII && $0.isNumber }
    guard let third = Int(lead) else { return false }
    let rest = parts[2].dropFirst(lead.count)
    let date =
      parts[0].count == 4
      ? (first, second, third) : separator == "/" ? (third, first, second) : (third, second, first)
    guard parts[0].count == 4 || lead.count == 4, set(date.0, date.1, date.2) else { return false }
    guard let mark = rest.first else { return true }
    guard "T_-.:".contains(mark) else { return false }
    return takeTime(rest.dropFirst())
  }

  /// `20250729040002`, in which a sign may part the day from the time.
  private mutating func takeCompact(_ digits: String) -> Bool {
    let numbers = [0..<4, 4..<6, 6..<8, 8..<10, 10..<12, 12..<14].map { range in
      Int(digits.dropFirst(range.lowerBound).prefix(range.count)) ?? 0
    }
    guard set(numbers[0], numbers[1], numbers[2]), numbers[3] < 24, numbers[4] < 60 else {
      return false
    }
    mark.second = Double(numbers[3] * 3600 + numbers[4] * 60 + numbers[5])
    return true
  }

  private mutating func set(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return false
    }
    (self.year, self.month, dayOfMonth) = (year, month, day)
    return true
  }

  /// `04:00`, `04:00:02.5`, `04:00:02Z`, `04:00:02+0200`.
  private mutating func takeTime(_ word: Substring) -> Bool {
    guard mark.second == nil else { return false }
    let clock = word.prefix { $0.isASCII && ($0.isNumber || ":.,".contains($0)) }
    guard let second = Self.time(clock) else { return false }
    let rest = word.dropFirst(clock.count)
    guard rest.isEmpty || takeZone(rest) else { return false }
    mark.second = second
    return true
  }

  private mutating func takeZone(_ word: Substring) -> Bool {
    if mark.second != nil, word == "AM" || word == "PM" || word == "am" || word == "pm" {
      let isNight = (mark.second ?? 0) >= 43200
      if word.lowercased() == "pm", !isNight { mark.second? += 43200 }
      if word.lowercased() == "am", isNight { mark.second? -= 43200 }
      return true
    }
    if let hours = Self.zones[String(word)] {
      mark.zone = hours * 3600
      return true
    }
    guard let sign = word.first, sign == "+" || sign == "-" else { return false }
    let digits = word.dropFirst().filter { $0 != ":" }
    guard digits.count == 4 || digits.count == 2, let number = Int(digits) else { return false }
    let (hours, minutes) = digits.count == 2 ? (number, 0) : (number / 100, number % 100)
    mark.zone = Double(hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    return true
  }

  /// A day, a year, or seconds since 1970.
  private mutating func takeNumber(_ word: Substring) -> Bool {
    guard let number = Double(word), number >= 1, word.first?.isNumber == true else { return false }
    if (1e9..<4e9).contains(number), mark.epoch == nil {
      mark.epoch = number
      return true
    }
    guard let number = Int(word) else { return false }
    if (1...31).contains(number), dayOfMonth == nil, hasMonth {
      dayOfMonth = number
    } else if (1970...2200).contains(number), year == nil, hasMonth {
      year = number
    } else {
      return false
    }
    return true
  }

  private var hasMonth: Bool {
    month != nil || words.contains { Self.months.contains($0.lowercased().prefix(3)) }
  }

  /// Seconds since midnight of `04:00`, `4:00:02` or `04:00:02.5`.
  static func time(_ word: Substring, mostHours: Int = 23) -> Double? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      let hours = Int(parts[0]),
      hours >= 0, hours <= mostHours, parts[1].count == 2, let minutes = Int(parts[1]),
      minutes >= 0,
      minutes < 60
    else { return nil }
    var seconds = 0.0
    if parts.count == 3 {
      let text = parts[2].map { $0 == "," ? "." : String($0) }.joined()
      guard parts[2].first?.isNumber == true, let value = Double(text), value < 61 else {
        return nil
      }
      seconds = value
    }
    return Double(hours * 3600 + minutes * 60) + seconds
  }

  static let weekdays: [Substring] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  static let months: [Substring] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Hours ahead of UTC of the zones that `date` prints most.
  private static let zones: [String: Double] = [
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4, "SAST": 2, "IST": 5.5, "PKT": 5, "WIB": 7,
    "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "BRT": -3,
  ]

  /// Words of lines that say when something was posted.
  private static let ofPosts: Set<Substring> = [
    "wrote", "posted", "comment", "commented", "reported", "replied", "said", "edited", "updated",
    "created", "modified", "received", "subject", "joined", "asked", "answered", "ago",
  ]
}
