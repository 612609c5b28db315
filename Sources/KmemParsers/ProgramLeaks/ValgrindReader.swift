/// Reads the text of Valgrind's memcheck, of all processes at once.
struct ValgrindReader: Sendable {
  /// What a process is about to say.
  private struct State: Sendable {
    var record: ProgramLeakRecord?
    var summary: [ProgramLeakKind: ProgramLeakAmount]?
    /// The next record is shown again, in the list of errors that `-v` and `-s` print at the end.
    var isRepeated = false
    /// The records of the check, as the last one says: `1 of 6`.
    var total: Int64?
    var hasBegun = false
    /// Another tool of Valgrind's watches it.
    var isOther = false
  }

  private var states: [Int64?: State] = [:]
  private var loose = LooseRecords()

  /// Whether nothing is open that a line without the mark of a process may belong to.
  var isIdle: Bool {
    guard !states.isEmpty, let state = states[nil] else { return true }
    return state.record == nil && state.summary == nil
  }

  /// Reads a line without what stands before it.
  ///
  /// - Returns: whether it is one of Valgrind's.
  mutating func read(
    _ line: Span<UInt8>, process: Int64?, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    let text = line.trimmed()
    // Lines without a process are Valgrind's only by their text.
    if text.isEmpty {
      guard states[process] != nil else { return process != nil }
      close(process, receive)
      endSummary(process, receive)
      return process != nil
    }
    if let frame = ValgrindFrame(text) { return take(frame, text, process, receive) }
    if let header = LossHeader(text) {
      begin(header, process, number, receive)
      return true
    }
    if states[process]?.summary != nil, takeSum(text, process) { return true }
    return readStatement(text, process, receive)
  }

  mutating func finish(_ receive: ProgramLeakReader.Receiver) {
    for process in states.keys.sorted(by: { ($0 ?? -1) < ($1 ?? -1) }) {
      close(process, receive)
      endSummary(process, receive)
    }
    loose.flush(receive)
  }

  // MARK: Records

  private mutating func begin(
    _ header: LossHeader, _ process: Int64?, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) {
    announce(process, receive)
    var state = states[process] ?? State()
    if process == nil {
      if let open = state.record, open.frames.isEmpty { loose.mix() }
      if let total = state.total, header.total != 0, total != header.total { loose.mix() }
    }
    states[process] = state
    close(process, receive)
    endSummary(process, receive)
    state = states[process] ?? State()
    if header.total != 0 { state.total = header.total }
    if state.isRepeated {
      state.isRepeated = false
    } else {
      state.record = header.record(of: process, line: number)
    }
    states[process] = state
  }

  private mutating func take(
    _ frame: ValgrindFrame, _ text: Span<UInt8>, _ process: Int64?,
    _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    guard let record = states[process]?.record else { return process != nil }
    let isFirst = record.frames.isEmpty
    if frame.isInnermost != isFirst, process == nil { loose.mix() }
    if frame.isInnermost, !isFirst {
      close(process, receive)
      return true
    }
    if record.frames.count < 500 {
      states[process]?.record?.frames.append(
        ProgramFrame(valgrind: text.extracting(frame.end..<text.count)))
    }
    return true
  }

  private mutating func close(_ process: Int64?, _ receive: ProgramLeakReader.Receiver) {
    guard let record = states[process]?.record else { return }
    states[process]?.record = nil
    if process == nil { loose.add(record, receive) } else { receive(.record(record)) }
  }

  // MARK: Sums

  private mutating func takeSum(_ text: Span<UInt8>, _ process: Int64?) -> Bool {
    for (words, kind) in Self.sums {
      guard let start = text.offset(of: words), start < 4,
        let amount = ValgrindAmount(
          text, from: text.nonBlank(from: start + words.utf8CodeUnitCount))
      else { continue }
      states[process]?.summary?[kind] = amount.amount
      return true
    }
    return false
  }

  private static let sums: [(StaticString, ProgramLeakKind)] = [
    ("definitely lost:", .definitelyLost), ("indirectly lost:", .indirectlyLost),
    ("possibly lost:", .possiblyLost), ("still reachable:", .stillReachable),
    ("suppressed:", .suppressed),
  ]

  private mutating func endSummary(_ process: Int64?, _ receive: ProgramLeakReader.Receiver) {
    guard let sums = states[process]?.summary else { return }
    states[process]?.summary = nil
    if process == nil { loose.flush(receive) }
    if !sums.isEmpty { receive(.summary(.valgrind, process: process, sums)) }
  }

  // MARK: Statements

  private mutating func announce(_ process: Int64?, _ receive: ProgramLeakReader.Receiver) {
    guard states[process]?.hasBegun != true, states[process]?.isOther != true else { return }
    states[process, default: State()].hasBegun = true
    receive(.began(.valgrind, process: process))
  }

  private mutating func readStatement(
    _ text: Span<UInt8>, _ process: Int64?, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    if text.offset(of: "LEAK SUMMARY:") != nil {
      announce(process, receive)
      close(process, receive)
      endSummary(process, receive)
      states[process]?.summary = [:]
      states[process]?.total = nil
      return true
    }
    if text.offset(of: "no leaks are possible") != nil {
      announce(process, receive)
      receive(.clean(.valgrind, process: process))
      return true
    }
    if let place = text.offset(of: "in use at exit: "),
      let use = ValgrindAmount(text, from: place + 16)
    {
      announce(process, receive)
      receive(.inUse(process: process, use.amount))
      return true
    }
    if let place = text.offset(of: "total heap usage: "),
      let times = text.grouped(at: place + 18), text.holds(" allocs", at: times.end)
    {
      announce(process, receive)
      receive(.allocated(process: process, times: times.value))
      return true
    }
    if readFailure(text, receive) { return true }
    guard process != nil else { return readBanner(text, process, receive) }
    if text.offset(of: " errors in context ") != nil {
      states[process, default: State()].isRepeated = true
    } else if text.starts(with: "Command: ") {
      receive(.command(text.string(9, text.count), process: process))
    } else if !readBanner(text, process, receive), let error = Self.error(text) {
      announce(process, receive)
      receive(.error(error, process: process))
    }
    return true
  }

  /// What Valgrind says where it can't begin or go on (`m_redir.c`, `m_libcassert.c`).
  private func readFailure(
    _ text: Span<UInt8>, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    guard text.starts(with: "valgrind: ") else { return false }
    let isFailure =
      text.offset(of: "Fatal error at startup") != nil
      || text.offset(of: "the 'impossible' happened") != nil
      || text.offset(of: "failed to start tool") != nil
    if isFailure { receive(.failed(text.text)) }
    return isFailure
  }

  private mutating func readBanner(
    _ text: Span<UInt8>, _ process: Int64?, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    if text.offset(of: "Memcheck, a memory error detector") != nil {
      // A program that is started by another one in the same process begins anew.
      states[process] = State()
      announce(process, receive)
      return true
    }
    if text.starts(with: "HEAP SUMMARY:") || text.starts(with: "ERROR SUMMARY: ") && process != nil
    {
      announce(process, receive)
      return true
    }
    // Massif's file has no mark of a process.
    if process == nil, !text.starts(with: "desc: --"), !text.starts(with: "time_unit: ") {
      return false
    }
    for (banner, name) in Self.otherTools where text.offset(of: banner) != nil {
      states[process, default: State()].isOther = true
      receive(.otherTool(name))
      return true
    }
    return false
  }

  /// The first lines of Valgrind's other tools, and of Massif's file.
  private static let otherTools: [(StaticString, String)] = [
    ("Helgrind, a thread error detector", "Helgrind"), ("DRD, a thread error", "DRD"),
    ("Massif, a heap profiler", "Massif"), ("DHAT, a dynamic heap", "DHAT"),
    ("Cachegrind, a ", "Cachegrind"), ("Callgrind, a ", "Callgrind"),
    ("Nulgrind, the minimal", "Nulgrind"), ("Lackey, an example", "Lackey"),
    ("desc: --massif-out-file", "Massif"), ("time_unit: ", "Massif"),
  ]

  /// What memcheck calls an error that is no leak (`memcheck/mc_errors.c`).
  private static func error(_ text: Span<UInt8>) -> String? {
    for words in errors where text.starts(with: words) { return text.text }
    return nil
  }

  private static let errors: [StaticString] = [
    "Invalid read of size", "Invalid write of size", "Invalid free()", "Mismatched free()",
    "Conditional jump or move depends", "Use of uninitialised value", "Syscall param ",
    "Source and destination overlap", "Jump to the invalid address", "Argument '",
    "Process terminating with default action", "Illegal memory pool", "realloc() with size 0",
    "Mismatched new/delete", "Unaddressable byte(s)", "Uninitialised byte(s)",
  ]
}
