internal import KmemParsers

/// Finds the name of the machine that lines came from, where a text may have lines of several.
enum MachineName {
  /// The machine that a tool put before a line: a log's host, or `host1: ` and `host1 | ` as shells
  /// that run a command on many hosts print it (pdsh, dsh, clush, docker-compose).
  ///
  /// `hasGap` tells whether a blank stands between the prefix and the line: `grep` names a file and
  /// leaves none.
  static func before(_ prefix: String, hasGap: Bool) -> String? {
    let bytes = Array((prefix + " ").utf8)
    let span = bytes.span
    if let host = span.logHost { return host }
    guard hasGap else { return nil }
    let words = prefix.split(separator: " ")
    guard let first = words.first else { return nil }
    if words.count == 1, first.last == ":" { return name(first.dropLast()) }
    return words.count == 2 && words[1] == "|" ? name(first) : nil
  }

  /// The machine that a line names which stands above what was printed there: a prompt, the head of
  /// an answer of Ansible.
  static func announced(_ line: some StringProtocol) -> String? {
    ofPrompt(line) ?? ofAnsible(line)
  }

  /// A name that isn't one of a moment, of a file, or of a run.
  static func name(_ word: some StringProtocol) -> String? {
    let bytes = Array(word.utf8)
    guard bytes.span.isHostName, word.contains(where: \.isLetter), !isOfMoment(word) else {
      return nil
    }
    return String(word)
  }

  /// What people name moments and files by, with or without a number: `before`, `run2`, `slab.txt`.
  private static func isOfMoment(_ word: some StringProtocol) -> Bool {
    let small = word.lowercased()
    if let dot = small.lastIndex(of: ".") {
      let ending = String(small.suffix(from: small.index(after: dot)))
      if endings.contains(ending) { return true }
    }
    let bare = String(small.trimming { $0.isNumber || "-_.".contains($0) })
    let parts: [Substring] = bare.split { "-_.".contains($0) }
    return bare.count < 2 || moments.contains(bare)
      || parts.contains { MomentHeading.telling.contains($0) }
  }

  private static let endings: Set<String> = ["txt", "log", "out", "old", "new", "bak", "orig"]

  private static let moments: Set<String> = [
    "run", "iter", "iteration", "pass", "sample", "step", "round", "loop", "test", "cycle", "phase",
    "moment", "snapshot", "stage", "case", "time", "day", "hour", "min", "minute", "old", "new",
    "meminfo", "slabinfo", "vmstat", "free", "kernel", "root", "stdout", "stderr", "node", "cpu",
    "idle", "load", "busy", "boot", "booted", "fresh", "good", "bad", "broken", "leak",
    "leaky", "leaking", "fixed", "patched", "unpatched", "stock", "vanilla", "mainline", "debug",
    "release", "baseline", "base", "plain", "normal", "loaded", "started", "stopped", "running",
    "control", "result", "output", "memory", "mem", "slab",
    "total", "peak", "morning", "evening", "night", "yesterday",
    "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  // MARK: Lines above

  /// `root@db1:~# cat …`, `[root@db1 ~]# cat …`.
  private static func ofPrompt(_ line: some StringProtocol) -> String? {
    guard let at = line.prefix(60).firstIndex(of: "@"), at > line.startIndex else { return nil }
    let user = line[..<at].drop { $0 == "[" || $0 == "(" || $0.isWhitespace }
    guard !user.isEmpty, user.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
    else { return nil }
    let behind = line[line.index(after: at)...]
    let host = behind.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    guard let mark = behind.dropFirst(host.count).first, ":] ~#$>".contains(mark),
      behind.dropFirst(host.count).prefix(120).contains(where: { "#$>%".contains($0) })
    else { return nil }
    return name(host)
  }

  /// `db1 | CHANGED | rc=0 >>`, `ok: [db1] => {`.
  private static func ofAnsible(_ line: some StringProtocol) -> String? {
    let words: [Substring] = String(line).split(whereSeparator: \.isWhitespace)
    guard words.count >= 2 else { return nil }
    if words.count >= 4, words[1] == "|", states.contains(words[2]) { return name(words[0]) }
    guard words[0] == "ok:" || words[0] == "changed:", words[1].first == "[",
      let end = words[1].firstIndex(of: "]")
    else { return nil }
    return name(words[1][..<end].dropFirst())
  }

  private static let states: Set<Substring> = ["CHANGED", "SUCCESS", "FAILED", "FAILED!"]
}
