/// What the daemons say that end programs before the kernel has to: systemd-oomd
/// (`src/oom/oomd-manager.c`), which ends whole control groups, earlyoom (`kill.c`) and nohang.
extension MemoryReportReader {
  /// Takes a line of one of them; false for any other.
  mutating func takeDaemon(_ text: Span<UInt8>) -> Bool {
    takeCandidate(text) || takeEndedGroup(text) || takeEarly(text) || takeNohang(text)
  }

  /// `Path: /user.slice/a.scope` and, two lines below, `Current Memory Usage: 1.9G`: what systemd-oomd
  /// looked at before it chose.
  private mutating func takeCandidate(_ text: Span<UInt8>) -> Bool {
    if let place = text.offset(of: "Path: /"), text.isWords(at: place) {
      candidate = text.extracting((place + 6)..<text.count).trimmed().text
      return true
    }
    guard let candidate, let place = text.offset(of: "Current Memory Usage: "),
      candidates.count < 100
    else { return false }
    candidates[candidate] =
      text.extracting((place + 22)..<text.count).trimmed().binaryKilobytes
    return true
  }

  /// `Killed /a.scope due to memory pressure for /b being 69.08% > 50.00% for > 20s with reclaim
  /// activity`, `… due to memory used (15) / total (16) and swap used (9) / total (9) being more than 90.00%`.
  private mutating func takeEndedGroup(_ text: Span<UInt8>) -> Bool {
    guard let place = text.offset(of: "Killed /"), text.isWords(at: place),
      let cause = text.offset(of: " due to ", from: place)
    else { return false }
    begin(.madeRoom)
    let path = text.extracting((place + 7)..<cause).text
    current?.killer = .systemdOomd
    current?.endedGroup = MemoryReport.EndedGroup(path: path, kilobytes: candidates[path])
    current?.reason = text.extracting((cause + 8)..<text.count).trimmed().text
    (candidate, candidates) = (nil, [:])
    return true
  }

  /// `low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%`, then `sending SIGTERM to process
  /// 31337 uid 1000 "chrome": badness 305, VmRSS 2816 MiB`, and SIGKILL where that didn't help.
  private mutating func takeEarly(_ text: Span<UInt8>) -> Bool {
    if let place = text.offset(of: "low memory! at or below ") {
      early = text.extracting((place + 12)..<text.count).trimmed().text
      return true
    }
    guard let process = KilledProcess(ofEarlyoom: text) else { return false }
    if current?.killer == .earlyoom, current?.kills.first?.pid == process.pid { return true }
    begin(.madeRoom)
    current?.killer = .earlyoom
    current?.kills = [process]
    current?.reason = early
    early = nil
    return true
  }
}

extension KilledProcess {
  /// `sending SIGTERM to process 31337 uid 1000 "chrome": badness 305, VmRSS 2816 MiB`.
  fileprivate init?(ofEarlyoom text: Span<UInt8>) {
    guard let place = text.offset(of: "sending SIG"),
      let word = text.offset(of: " to process ", from: place),
      let open = text.offset(of: "\"", from: word), let rss = text.offset(of: "VmRSS ", from: open),
      let pid = text.extracting((word + 12)..<text.offset(ofByte: Ascii.space, from: word + 12))
        .decimal.flatMap(Int.init(exactly:))
    else { return nil }
    let close = text.offset(of: "\": ", from: open + 1) ?? text.count
    guard close < rss else { return nil }
    self.init(pid: pid, name: text.extracting((open + 1)..<close).text)
    let end = text.offset(ofByte: Ascii.space, from: rss + 6)
    if let mebibytes = text.extracting((rss + 6)..<end).decimal, text.holds(" MiB", at: end) {
      amounts["rss"] = min(mebibytes, 1 << 40) * 1024
    }
  }
}

extension Span<UInt8> {
  /// Whether words begin at an offset: nothing or a blank stands before them.
  fileprivate func isWords(at offset: Int) -> Bool {
    offset == 0 || Ascii.isBlank(self[offset - 1])
  }

  /// An amount as systemd prints it, `1.9G` or `0B`, in KiB.
  fileprivate var binaryKilobytes: UInt64? {
    guard count > 1 else { return nil }
    let dot = offset(ofByte: UInt8(ascii: "."))
    guard let whole = extracting(0..<Swift.min(dot, count - 1)).decimal, whole < 1 << 20 else {
      return nil
    }
    let tenths = dot + 1 < count - 1 ? extracting((dot + 1)..<(dot + 2)).decimal ?? 0 : 0
    let units: [UInt8: UInt64] = [
      UInt8(ascii: "K"): 1, UInt8(ascii: "M"): 1 << 10, UInt8(ascii: "G"): 1 << 20,
      UInt8(ascii: "T"): 1 << 30,
    ]
    if self[count - 1] == UInt8(ascii: "B") { return whole / 1024 }
    return units[self[count - 1]].map { (whole * 10 + tenths) * $0 / 10 }
  }
}
