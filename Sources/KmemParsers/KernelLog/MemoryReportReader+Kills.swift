extension MemoryReportReader {
  /// The lines that say who was killed, in the words of all releases; false for any other.
  ///
  /// 2.6: `Out of memory: kill process 123 (x) score 5 or a child`, then `Killed process 123 (x)`.
  /// Since 5.0 one line: `Out of memory: Killed process 123 (x) total-vm:…kB, anon-rss:…kB, …`.
  mutating func takeKill(_ text: Span<UInt8>) -> Bool {
    if let summary = text.offset(of: "oom-kill:constraint=") {
      readSummary(text.extracting(summary..<text.count))
      return current != nil
    }
    let isOfCgroup = text.starts(with: "Memory cgroup out of memory")
    if text.offset(of: "Out of memory and no killable processes") != nil
      || text.offset(of: "Kernel panic") != nil
        && (text.offset(of: "ut of memory") != nil
          || text.offset(of: "deadlocked on memory") != nil)
    {
      // The last words alone are a report too: that memory ran out, or that somebody asked.
      if current == nil { begin(asked == .askedToKill ? .askedToKill : .outOfMemory) }
      asked = nil
      current?.isPanic = true
      return true
    }
    guard
      let place = text.offset(of: "Killed process ") ?? text.offset(of: "Kill process ")
        ?? text.offset(of: "kill process "), isOfCgroup || text.isKillLine(place),
      var process = KilledProcess(text.extracting(place..<text.count))
    else { return false }
    process.isOfCgroup = isOfCgroup
    process.isWhoeverAsked = text.offset(of: "(oom_kill_allocating_task)") != nil
    // Where the report itself is missing, a kill alone is one: it says who, and no more.
    goOnWithKiller()
    if isOfCgroup, current?.cgroup == nil { current?.cgroup = LimitedCgroup() }
    section = .none
    add(process)
    return true
  }

  /// Adds a process; the lines of 2.6 to 4.20 name it twice, first as the one chosen.
  private mutating func add(_ process: KilledProcess) {
    guard let place = current?.kills.firstIndex(where: { $0.pid == process.pid }) else {
      current?.kills.append(process)
      return
    }
    guard let known = current?.kills[place], known.amounts.isEmpty else { return }
    var process = process
    process.isOfCgroup = process.isOfCgroup || known.isOfCgroup
    process.isWhoeverAsked = process.isWhoeverAsked || known.isWhoeverAsked
    current?.kills[place] = process
  }

  /// `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,…` (4.20).
  private mutating func readSummary(_ text: Span<UInt8>) {
    goOnWithKiller()
    section = .none
    current?.constraint = text.value(of: "constraint=")?.text
    readRequest(text)
    current?.isGlobal = text.offset(of: ",global_oom") != nil
    current?.picked = PickedProcess(text)
    guard let group = text.value(of: "oom_memcg=") else { return }
    if current?.cgroup == nil { current?.cgroup = LimitedCgroup() }
    current?.cgroup?.path = group.text
    current?.cgroup?.killedIn = text.value(of: "task_memcg=")?.text
  }
}

extension PickedProcess {
  /// Reads the end of the summary; a name may hold commas and blanks.
  init?(_ text: Span<UInt8>) {
    guard let start = text.offset(of: ",task="), let end = text.offset(of: ",pid=", from: start),
      let pid = text.value(of: ",pid=")?.decimal.flatMap(Int.init(exactly:))
    else { return nil }
    self.pid = pid
    name = text.string(start + 6, end)
    group = text.value(of: "task_memcg=")?.text
  }
}

extension KilledProcess {
  /// Reads `Killed process 541 (java) total-vm:4400kB, anon-rss:100kB`; nothing without a number.
  init?(_ text: Span<UInt8>, after verb: StaticString = "process ") {
    guard let word = text.offset(of: verb) else { return nil }
    var fields = Fields(text.extracting((word + verb.utf8CodeUnitCount)..<text.count))
    guard let first = fields.next() else { return nil }
    let digits =
      first[first.count - 1] == Ascii.comma ? first.extracting(0..<(first.count - 1)) : first
    guard let pid = digits.decimal.flatMap(Int.init(exactly:)) else { return nil }
    self.pid = pid
    name = ""
    let open = text.offset(ofByte: UInt8(ascii: "("))
    // A name may hold brackets: the last one before what it held ends it.
    let limit =
      text.offset(of: " total-vm:") ?? text.offset(of: " vsz:") ?? text.offset(of: " score ")
      ?? text.offset(of: ", adj ")
    var close = limit ?? text.count
    while close > open, text[close - 1] != UInt8(ascii: ")") { close -= 1 }
    if close > open + 1, open < text.count { name = text.extracting((open + 1)..<(close - 1)).text }
    amounts = text.kilobytes
  }
}

extension Span<UInt8> {
  /// The process that the line says was killed.
  var killed: Int? {
    guard let place = offset(of: "illed process ") ?? offset(of: "ill process ") else { return nil }
    return KilledProcess(extracting(place..<count))?.pid
  }

  /// The amounts of the line by their names: `anon-rss:100kB, file-rss:0kB`.
  var kilobytes: [String: UInt64] {
    var amounts: [String: UInt64] = [:]
    var fields = Fields(self)
    while let word = fields.next() {
      let field = word[word.count - 1] == Ascii.comma ? word.extracting(0..<(word.count - 1)) : word
      guard let (name, value) = field.amountInKilobytes, amounts[name] == nil else { continue }
      amounts[name] = value
    }
    return amounts
  }

  /// A word such as `anon-rss:100kB`; `reserved_highatomic:0KB` is written so.
  var amountInKilobytes: (name: String, value: UInt64)? {
    let colon = offset(ofByte: Ascii.colon)
    guard colon > 0, colon + 3 < count, self[count - 1] == UInt8(ascii: "B"),
      self[count - 2] | 0x20 == UInt8(ascii: "k"),
      let value = extracting((colon + 1)..<(count - 2)).decimal
    else { return nil }
    return (extracting(0..<colon).text, value)
  }

  /// Whether the words about a kill at that place are the kernel's, not another program's.
  func isKillLine(_ place: Int) -> Bool {
    place == 0 || starts(with: "Out of ") || offset(of: "ut of memory: ") != nil
      || offset(of: "ut of Memory: ") != nil
  }
}
