/// What Android's killers say: the driver of kernels up to 4.11 (`drivers/staging/android/lowmemorykiller.c`)
/// and the daemon `lmkd`, whose lines are in the log of the system.
extension MemoryReportReader {
  /// Takes a line of one of them; false for any other.
  mutating func takeAndroid(_ text: Span<UInt8>) -> Bool {
    guard let place = text.placeBehindKiller else {
      return current?.killer == .android && takeReason(text)
    }
    let words = text.extracting(place..<text.count).trimmed()
    guard let process = KilledProcess(ofAndroid: words) else { return takeReason(words) }
    begin(.madeRoom)
    current?.killer = .android
    current?.kills = [process]
    _ = takeReason(words)
    return true
  }

  /// `to free 53160kB on behalf of 'kworker/3:4' (18339) because`, `cache 199320kB is below limit
  /// 221184kB for oom_score_adj 900`, `… reason: low watermark is breached and swap is low`.
  private mutating func takeReason(_ text: Span<UInt8>) -> Bool {
    guard current?.killer == .android else { return false }
    if let place = text.offset(of: "to free "), let last = current?.kills.indices.last,
      let amount = text.extracting((place + 8)..<text.count).leadingKilobytes
    {
      current?.kills[last].amounts["rss"] = amount
      if text.starts(with: "to free ") { return true }
    }
    if let place = text.offset(of: "reason: ") {
      current?.reason = text.extracting((place + 8)..<text.count).trimmed().text
    } else if let place = text.offset(of: "because "), place + 8 < text.count {
      current?.reason = text.extracting((place + 8)..<text.count).trimmed().text
    } else if text.starts(with: "cache "), text.offset(of: " limit ") != nil {
      let end = text.offset(of: " for oom_score_adj") ?? text.count
      current?.reason = text.extracting(0..<end).text
    } else {
      return false
    }
    return true
  }
}

extension KilledProcess {
  /// `Killing 'name' (123), adj 904`, `Kill 'name' (123), uid 1, oom_score_adj 900 to free …`,
  /// `send sigkill to 123 (name), adj 15, size 4321`.
  fileprivate init?(ofAndroid text: Span<UInt8>) {
    if text.starts(with: "send sigkill to ") {
      self.init(text.extracting(5..<text.count), after: "to ")
      return
    }
    guard let start = text.starts(with: "Kill '") ? 6 : text.starts(with: "Killing '") ? 9 : nil,
      let close = text.offset(of: "' (", from: start)
    else { return nil }
    let digits = text.extracting((close + 3)..<text.offset(ofByte: UInt8(ascii: ")"), from: close))
    guard let pid = digits.decimal.flatMap(Int.init(exactly:)) else { return nil }
    self.init(pid: pid, name: text.extracting(start..<close).text)
  }
}

extension Span<UInt8> {
  /// Where the words of one of the killers begin: behind `lowmemorykiller: `, `lmkd    : `, `lmkd: `.
  fileprivate var placeBehindKiller: Int? {
    if let driver = offset(of: "lowmemorykiller: ") { return driver + 17 }
    guard let name = offset(of: "lmkd") else { return nil }
    let colon = offset(ofByte: Ascii.colon, from: name)
    return colon < Swift.min(count, name + 24) ? colon + 1 : nil
  }

  /// The number of `53160kB on behalf of …`.
  fileprivate var leadingKilobytes: UInt64? {
    var end = 0
    while end < count, Ascii.isDigit(self[end]) { end += 1 }
    guard end > 0, end + 1 < count, self[end] | 0x20 == UInt8(ascii: "k") else { return nil }
    return extracting(0..<end).decimal
  }
}
