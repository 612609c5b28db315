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
    case .none: takeNodes(text)
    }
  }

  /// What a mail program broke off the line before: the mask, or what a process held.
  private mutating func takeBroken(_ text: Span<UInt8>) -> Bool {
    if text.starts(with: "gfp_mask="), current?.request.mask == nil {
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
      section = .tasks
    } else if text[0] == UInt8(ascii: "["), text.offset(of: "total_vm") != nil {
      table.readHead(text)
      section = .tasks
    } else if text[0] == UInt8(ascii: "["), section != .tasks, table.take(text) {
      section = .tasks
    } else {
      return false
    }
    return true
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
    var fields = Fields(text)
    guard let number = fields.next(), let unit = fields.next(),
      let bytes = MemoryReport.bytes(number, unit), let calls = fields.nextDecimal(),
      let place = fields.next(), var word = fields.next()
    else { return false }
    var colon = place.count
    while colon > 0, place[colon - 1] != Ascii.colon { colon -= 1 }
    guard colon > 1, let line = place.extracting(colon..<place.count).decimal,
      let lineNumber = Int(exactly: line)
    else { return false }
    var module: String?
    if word[0] == UInt8(ascii: "["), word.count > 2 {
      module = word.extracting(1..<(word.count - 1)).text
      guard let next = fields.next() else { return false }
      word = next
    }
    guard word.starts(with: "func:") else { return false }
    current?.sites.append(
      MemoryReport.Site(
        bytes: bytes, calls: calls, file: place.extracting(0..<(colon - 1)).text, line: lineNumber,
        module: module, function: word.extracting(5..<word.count).text))
    return true
  }
}

extension MemoryReport {
  /// The bytes of `57.2` and `MiB`, as `string_get_size()` prints them; nothing for other words.
  static func bytes(_ number: Span<UInt8>, _ unit: Span<UInt8>) -> UInt64? {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    let name = unit.text == "kiB" || unit.text == "kB" ? "KiB" : unit.text
    guard let power = units.firstIndex(of: name), let value = Double(number.text), value >= 0 else {
      return nil
    }
    var factor = 1.0
    for _ in 0..<power { factor *= 1024 }
    return UInt64(exactly: (value * factor).rounded())
  }
}
