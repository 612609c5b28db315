extension MemoryReportReader {
  /// Takes a line that begins a report, or ends one with a kill; false for any other.
  mutating func takeBeginning(_ text: Span<UInt8>) -> Bool {
    if let banner = text.offset(of: "Linux version ") {
      var fields = Fields(text.extracting((banner + 14)..<text.count))
      close()
      release = fields.next()?.text
      return true
    }
    return takeInvocation(text) || takeFailure(text) || takeAsker(text) || takeAsked(text)
      || takeAndroid(text) || takeDaemon(text) || takeKill(text) || takeHeading(text)
  }

  /// `java invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0`; up to 2.6.18 the command
  /// may be missing.
  private mutating func takeInvocation(_ text: Span<UInt8>) -> Bool {
    guard let place = text.offset(of: "oom-killer:"),
      text.offset(of: "gfp_mask=") != nil || text.offset(of: " invoked ") != nil
    else { return false }
    let isAsked = asked == .askedToKill
    begin(isAsked ? .askedToKill : .outOfMemory)
    if isAsked { current?.line = askedLine }
    asked = nil
    if let verb = text.offset(of: " invoked oom-killer"), verb < place {
      current?.command = text.extracting(0..<verb).command
    }
    readRequest(text.extracting(place..<text.count))
    // SysRq-f asks for order −1.
    if current?.request.order == -1 { current?.trigger = .askedToKill }
    return true
  }

  /// `sh: page allocation failure: order:4, mode:0x2040d0`; a full stop behind "failure" before 3.3.
  private mutating func takeFailure(_ text: Span<UInt8>) -> Bool {
    guard let place = text.offset(of: "page allocation failure"), text.isFailure(at: place) else {
      return false
    }
    if !awaitsRequest { begin(.allocationFailure) }
    var end = place
    while end > 0, Ascii.isBlank(text[end - 1]) || text[end - 1] == Ascii.colon { end -= 1 }
    if end > 0 { current?.command = text.extracting(0..<end).command }
    readRequest(text.extracting(place..<text.count))
    return true
  }

  /// SysRq: what somebody asked for is printed next.
  private mutating func takeAsked(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "SysRq") || text.starts(with: "sysrq") else { return false }
    if text.offset(of: "Show Memory") != nil || text.offset(of: "Show memory") != nil {
      begin(.askedToShow)
      return true
    }
    if text.offset(of: "OOM exec") != nil {
      asked = .askedToKill
      askedLine = number
    }
    return false
  }

  /// The beginnings of tables of which the line above is missing.
  private mutating func takeHeading(_ text: Span<UInt8>) -> Bool {
    // Killers of user space print no numbers of all memory: these are another report's.
    let isFree = current == nil || current?.trigger == .madeRoom
    if text.starts(with: "Mem-Info:") || text.starts(with: "Mem-info:") {
      if current?.memory.isPrinted == true, owed > 0 {
        // The counters of two that print at once: those of one moment, and nearly the same.
        owed -= 1
      } else if isFree || current?.memory.isPrinted == true {
        begin(nil)
      }
      section = .memory
      current?.memory.isPrinted = true
      // Where lines were joined, counters follow.
      let rest = text.extracting(9..<text.count).trimmed()
      if !rest.isEmpty { takeMemory(rest) }
      return true
    }
    let isMemory =
      text.starts(with: "active_anon:") || text.isZone || isFree && text.isRestOfCounters
    if isMemory, current?.memory.isPrinted != true {
      if isFree { begin(nil) }
      section = .memory
      current?.memory.isPrinted = true
      return false
    }
    if text.starts(with: "Unreclaimable slab info") {
      resume()
      if isFree { begin(nil) }
      section = .slabs
      return true
    }
    // Logs that are cut begin behind the line that says why.
    if isFree, text.isTaskRow || text.isOfLimit { begin(nil) }
    return false
  }

  /// A mask alone: `0x900(GFP_NOWAIT|__GFP_ZERO)`, `0x20)`.
  mutating func readRequest(mask: Span<UInt8>) {
    guard current?.request.mask == nil else { return }
    var request = MemoryRequest()
    request.read(mask: mask)
    request = request.filled(from: current?.request)
    current?.request = request
  }

  /// The mask, the order, the nodes; names in brackets behind the mask since 4.6.
  mutating func readRequest(_ text: Span<UInt8>) {
    var request = MemoryRequest()
    let maskKey: StaticString = text.offset(of: "gfp_mask=") == nil ? "mode:" : "gfp_mask="
    if let mask = text.value(of: maskKey) { request.read(mask: mask) }
    let orderKey: StaticString = text.offset(of: "order=") == nil ? "order:" : "order="
    if let order = text.value(of: orderKey)?.signedDecimal, (-1...32).contains(order) {
      request.order = Int(order)
    }
    request.nodes = text.nodes(of: "nodemask=") ?? request.nodes
    readNodes(text, &request)
    request = request.filled(from: current?.request)
    current?.request = request
  }

  /// `cpuset=/ mems_allowed=0-1`, on a line of its own up to 5.2.
  func readNodes(_ text: Span<UInt8>, _ request: inout MemoryRequest) {
    if let cpuset = text.value(of: "cpuset=") { request.cpuset = cpuset.text }
    request.allowedNodes = text.nodes(of: "mems_allowed=") ?? request.allowedNodes
  }
}

extension MemoryRequest {
  /// The request with what an earlier line told of it, where this one doesn't.
  fileprivate func filled(from earlier: MemoryRequest?) -> MemoryRequest {
    guard let earlier else { return self }
    var request = self
    request.mask = mask ?? earlier.mask
    request.names = names.isEmpty ? earlier.names : names
    request.order = order ?? earlier.order
    request.nodes = nodes ?? earlier.nodes
    request.allowedNodes = allowedNodes ?? earlier.allowedNodes
    request.cpuset = cpuset ?? earlier.cpuset
    return request
  }
}

extension MemoryRequest {
  /// Reads `0x201da`, `0x900(GFP_NOWAIT|__GFP_ZERO)`.
  fileprivate mutating func read(mask text: Span<UInt8>) {
    var bracket = 0
    while bracket < text.count, text[bracket] != UInt8(ascii: "("),
      text[bracket] != UInt8(ascii: ")")
    {
      bracket += 1
    }
    mask = text.extracting(0..<bracket).hexadecimal
    guard bracket < text.count, text[bracket] == UInt8(ascii: "(") else { return }
    let end = text.offset(ofByte: UInt8(ascii: ")"))
    let words = text.extracting((bracket + 1)..<max(bracket + 1, end)).text
    names = words.split(separator: "|").map(String.init)
  }
}

extension Span<UInt8> {
  /// Whether the kernel wrote the words, and nobody who tells of them: the command and a colon stand
  /// before them, a colon or a full stop and the order behind, which may be broken off.
  fileprivate func isFailure(at place: Int) -> Bool {
    let end = place + 23
    // The command may stand on a line of its own, printed before.
    let isNamed = place > 1 && self[place - 1] == Ascii.space && self[place - 2] == Ascii.colon
    guard place == 0 || isNamed, end < count,
      self[end] == Ascii.colon || self[end] == UInt8(ascii: ".")
    else { return false }
    let rest = offsetOfNonBlank(from: end + 1)
    return rest >= count || holds("order:", at: rest)
  }

  /// Whether the line is about the limit of a control group.
  fileprivate var isOfLimit: Bool {
    starts(with: "memory: usage ") || starts(with: "Memory cgroup stats for ")
      || offset(of: "killed as a result of limit of ") != nil
  }

  /// Whether the line is a row of a table of tasks: a process id, a user, the id again, two sizes.
  var isTaskRow: Bool {
    guard !isEmpty, self[0] == UInt8(ascii: "[") else { return false }
    let close = offset(ofByte: UInt8(ascii: "]"))
    guard close < count, let pid = extracting(1..<close).trimmed().decimal else { return false }
    var fields = Fields(extracting((close + 1)..<count))
    return fields.nextDecimal() != nil && fields.nextDecimal() == pid && fields.nextDecimal() != nil
      && fields.nextDecimal() != nil && !fields.isAtEnd
  }

  /// Whether the line is one of the counters of all memory below the first, in pages:
  /// ` unevictable:0 dirty:0 writeback:0`.
  fileprivate var isRestOfCounters: Bool {
    for name: StaticString in ["unevictable:", "slab_reclaimable:", "active_file:"]
    where starts(with: name) {
      let end = offset(ofByte: Ascii.space)
      return extracting(name.utf8CodeUnitCount..<Swift.max(end, name.utf8CodeUnitCount)).decimal
        != nil
    }
    return false
  }

  /// Whether the line is one of a zone, as `Node 0 DMA free:15908kB min:164kB` is.
  fileprivate var isZone: Bool {
    if let place = offset(of: " free:"), place < 24 { return offset(of: "kB min:") != nil }
    // `Node 0 DMA: 408*64kB (C) 408*128kB (C)`: its list of free blocks.
    guard starts(with: "Node "), contains(UInt8(ascii: "*")) else { return false }
    return offset(of: "kB ") != nil
  }

  /// The nodes behind a key, as the kernel lists them: `0-1,4`.
  fileprivate func nodes(of key: StaticString) -> String? {
    guard let value = value(of: key, commaEnds: false) else { return nil }
    var end = 0
    while end < value.count,
      Ascii.isDigit(value[end]) || value[end] == UInt8(ascii: "-") || value[end] == Ascii.comma
    {
      end += 1
    }
    while end > 0, value[end - 1] == Ascii.comma { end -= 1 }
    return end > 0 ? value.extracting(0..<end).text : nil
  }

  /// What stands behind a key, up to a blank or a comma.
  @_lifetime(copy self)
  func value(of key: StaticString, commaEnds: Bool = true) -> Span<UInt8>? {
    guard let place = offset(of: key) else { return nil }
    let start = place + key.utf8CodeUnitCount
    var end = start
    var depth = 0
    while end < count, !Ascii.isBlank(self[end]) {
      if self[end] == UInt8(ascii: "(") { depth += 1 }
      if self[end] == UInt8(ascii: ")") { depth -= 1 }
      if commaEnds, self[end] == Ascii.comma, depth <= 0 { break }
      end += 1
    }
    while end > start, self[end - 1] == Ascii.comma { end -= 1 }
    return end > start ? extracting(start..<end) : nil
  }
}

extension Span<UInt8> {
  /// A command's name without the mark of code or the quotation mark that a paste puts before its line.
  fileprivate var command: String {
    var name = trimmed()
    while let first = name.isEmpty ? nil : name[0], "`'\"*>".utf8.contains(first) {
      name = name.extracting(1..<name.count).trimmed()
    }
    return name.text
  }
}
