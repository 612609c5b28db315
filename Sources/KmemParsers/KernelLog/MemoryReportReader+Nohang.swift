/// What nohang says of the process that it is about to end, over several lines: it names it, what it
/// holds and why, and says last that it acts (`implement_corrective_action()` in its `src/nohang`).
struct NohangVictim {
  /// The process; nothing until it is named.
  private(set) var process: KilledProcess?
  /// The thresholds that were passed, in its own words.
  private var reasons: [String] = []

  /// Why it acts; nothing where the log lacks it.
  var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: ", ") }

  /// Takes a line; false for one that tells nothing of a victim.
  mutating func take(_ text: Span<UInt8>) -> Bool {
    takeReason(text) || takeName(text) || takeMemory(text)
  }

  /// `MemAvailable [383 MiB, 5.0 %] <= soft_threshold_min_mem [384 MiB, 5.0 %]`, `SwapFree [104 MiB, …`,
  /// `PSI avg value (92.97) >= soft_threshold_max_psi (90.0)`: looked at twice, the second time anew.
  private mutating func takeReason(_ text: Span<UInt8>) -> Bool {
    let starts =
      text.starts(with: "MemAvailable [") || text.starts(with: "SwapFree [")
      || text.starts(with: "PSI avg")
    guard starts, text.offset(of: "threshold") != nil, text.offset(ofByte: 0x0A) == text.count
    else {
      return false
    }
    let subject: (String) -> Substring = { $0.prefix { $0 != "[" && $0 != "(" } }
    let own = text.text
    if reasons.contains(where: { subject($0) == subject(own) }) { reasons = [] }
    reasons.append(own)
    return true
  }

  /// `PID: 903309, name: mysqld, badness: 849`; `Name:` up to 0.1.
  private mutating func takeName(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "PID: "), let end = text.offset(of: ", badness: "),
      let name = text.offset(of: ", name: ") ?? text.offset(of: ", Name: "), name + 8 <= end,
      let pid = text.extracting(5..<name).trimmed().decimal.flatMap(Int.init(exactly:))
    else { return false }
    process = KilledProcess(pid: pid, name: text.extracting((name + 8)..<end).text)
    return true
  }

  /// `Vm, MiB:   Size: 19880, RSS: 10432 (Anon: …`, `VmRSS:     10432 MiB  (Anon: …`, `Victim VmRSS:
  /// 3268608 KiB`.
  private mutating func takeMemory(_ text: Span<UInt8>) -> Bool {
    guard process != nil else { return false }
    let isList = text.starts(with: "Vm, MiB:")
    guard let word = isList ? text.offset(of: " RSS: ") : text.offset(of: "VmRSS:") else {
      return false
    }
    let start = text.offsetOfNonBlank(from: word + 6)
    var end = start
    while end < text.count, Ascii.isDigit(text[end]) { end += 1 }
    guard let amount = text.extracting(start..<end).decimal, amount < 1 << 40 else { return false }
    let isKibibytes = !isList && text.holds(" KiB", at: end)
    process?.amounts["rss"] = isKibibytes ? amount : amount * 1024
    return true
  }
}

extension MemoryReportReader {
  /// Takes a line of nohang; false for any other.
  mutating func takeNohang(_ line: Span<UInt8>) -> Bool {
    let text = line.behindNohang()
    if victim.take(text) { return true }
    guard let process = victim.process, text.isActOfNohang else { return false }
    if current?.killer != .nohang || current?.kills.first?.pid != process.pid {
      begin(.madeRoom)
      current?.killer = .nohang
      current?.kills = [process]
      current?.reason = victim.reason
    }
    victim = NohangVictim()
    return true
  }
}

extension Span<UInt8> {
  /// What stands behind its name in a journal: `nohang[530]: `, `nohang-desktop[11871]: `.
  @_lifetime(copy self)
  fileprivate func behindNohang() -> Self {
    guard let name = offset(of: "nohang"), let end = offset(of: "]: ", from: name) else {
      return self
    }
    return extracting((end + 3)..<count).trimmed()
  }

  /// `Sending SIGTERM to the victim`, `Send SIGTERM to the victim; …`, `Executing the command: …`, `Run
  /// the command: …`: what nohang does in the end.
  fileprivate var isActOfNohang: Bool {
    if starts(with: "Send SIG") || starts(with: "Sending SIG") {
      return offset(of: " to the victim") != nil
    }
    return starts(with: "Executing the command: ") || starts(with: "Run the command: ")
  }
}
