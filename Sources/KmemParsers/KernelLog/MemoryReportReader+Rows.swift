extension MemoryReportReader {
  /// Takes a line within a report.
  mutating func takeRow(_ text: Span<UInt8>) {
    if takeBroken(text) || takeRelease(text) || takeCgroup(text) || takeTableHead(text) { return }
    switch section {
    case .memory: takeMemory(text)
    case .slabs: if !takeSlab(text) { takeMemory(text) }
    case .sites: if !takeSite(text) { takeMemory(text) }
    case .tasks: table.take(text)
    case .cgroup: takeStatistic(text)
    case .none:
      // Below a kill that was put first, the end of the counters tells at least how much memory there is.
      if text.offset(of: " pages RAM") != nil || text.offset(of: " pages reserved") != nil {
        takeMemory(text)
      }
      takeNodes(text)
      takeFrame(text)
    }
  }

  /// What a mail program broke off the line before: the mask, or what a process held.
  private mutating func takeBroken(_ text: Span<UInt8>) -> Bool {
    // Up to 4.9 a line that was printed in steps is broken where another processor prints.
    if text.starts(with: "gfp_mask=") || text.starts(with: ", mode:"), current?.request.mask == nil
    {
      readRequest(text)
      return true
    }
    guard text.starts(with: "total-vm:"), let last = current?.kills.indices.last,
      current?.kills[last].amounts.isEmpty == true
    else { return false }
    current?.kills[last].amounts = text.kilobytes
    return true
  }

  /// The heads of the tables behind the counters.
  private mutating func takeTableHead(_ text: Span<UInt8>) -> Bool {
    if text.starts(with: "Memory allocations") {
      section = .sites
    } else if text.starts(with: "Tasks state") {
      goOnWithKiller()
      section = .tasks
    } else if text[0] == UInt8(ascii: "["), text.offset(of: "total_vm") != nil {
      goOnWithKiller()
      table.readHead(text)
      section = .tasks
    } else if text[0] == UInt8(ascii: "["), section != .tasks, table.take(text) {
      section = .tasks
    } else {
      return false
    }
    return true
  }

  /// A frame of the stack that only a control group's limit leads to, such as
  /// `mem_cgroup_out_of_memory+0xbd/0xe0` (`mm/memcontrol.c`); one with a question mark proves nothing.
  private mutating func takeFrame(_ text: Span<UInt8>) {
    if text.hasNarrowAddress { current?.isNarrow = true }
    guard current?.trigger == .outOfMemory, current?.cgroup == nil,
      let place = text.offset(of: "mem_cgroup_"), place < 40, !text.contains(UInt8(ascii: "?"))
    else { return }
    let name = text.extracting((place + 11)..<text.count)
    guard name.starts(with: "out_of_memory") || name.starts(with: "oom_") else { return }
    current?.cgroup = LimitedCgroup()
  }

  /// `httpd cpuset=/ mems_allowed=0`.
  private mutating func takeNodes(_ text: Span<UInt8>) {
    guard text.offset(of: "mems_allowed=") != nil, var request = current?.request else { return }
    readNodes(text, &request)
    current?.request = request
  }

  /// `CPU: 1 PID: 1371 Comm: sh Not tainted 3.14.31 #1`, `Pid: 1, comm: sh Not tainted (2.6.18 #1)`.
  private mutating func takeRelease(_ text: Span<UInt8>) -> Bool {
    guard
      text.starts(with: "CPU: ") || text.starts(with: "Pid: ") || text.starts(with: "Tainted: "),
      let mark = text.offset(of: " #") ?? text.offset(of: "aint")
    else { return false }
    var words = Fields(text.extracting(0..<mark))
    var last = ""
    while let word = words.next() { last = word.text }
    let release = last.hasPrefix("(") ? String(last.dropFirst()) : last
    if KernelVersion(release: release) != nil { current?.release = release }
    if text.offset(of: "mems_allowed=") != nil { takeNodes(text) }
    return true
  }

  /// `name   123KB   456KB`.
  private mutating func takeSlab(_ text: Span<UInt8>) -> Bool {
    if text.starts(with: "Name ") { return true }
    var end = text.count
    var values: [UInt64] = []
    for _ in 0..<2 {
      var start = end
      while start > 0, !Ascii.isBlank(text[start - 1]) { start -= 1 }
      let word = text.extracting(start..<end)
      guard word.count > 2, word[word.count - 1] == UInt8(ascii: "B"),
        let value = word.extracting(0..<(word.count - 2)).decimal, value < 1 << 50
      else { return false }
      values.append(value * 1024)
      end = start
      while end > 0, Ascii.isBlank(text[end - 1]) { end -= 1 }
    }
    guard end > 0, let total = values.first, let used = values.last else { return false }
    current?.slabs.append(
      MemoryReport.Slab(name: text.extracting(0..<end).text, used: used, total: total))
    return true
  }

  /// `57.2 MiB   14656 mm/slub.c:2321 [module] func:alloc_slab_page`.
  private mutating func takeSite(_ text: Span<UInt8>) -> Bool {
    guard let tag = Allocinfo.Tag(text, after: nil) else { return false }
    current?.sites.append(tag)
    return true
  }
}

extension Span<UInt8> {
  /// Whether a frame begins with an address of 32 bits: `[<c034a094>] (oom_kill_process) from …`.
  fileprivate var hasNarrowAddress: Bool {
    starts(with: "[<") && count > 12 && holds(">]", at: 10)
      && extracting(2..<10).hexadecimal != nil
  }
}
