/// Reads the leaks in what heaptrack_print writes: a function, and below it each stack that leads there.
///
/// They stand below `MEMORY LEAKS`. Amounts are rounded to four digits or so.
struct HeaptrackReader: Sendable {
  private var isOpen = false
  private var hasBegun = false
  /// The function that allocated, which all stacks below it have in common.
  private var head: ProgramFrame?
  private var isHead = false
  private var record: ProgramLeakRecord?

  /// Whether its list of leaks isn't open.
  var isIdle: Bool { !isOpen }

  /// Reads a line without its indentation.
  ///
  /// - Returns: whether it belongs to the list.
  mutating func read(
    _ text: Span<UInt8>, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    if text.starts(with: "total memory leaked: "), let sum = Self.size(text, from: 21) {
      close(receive)
      isOpen = false
      begin(receive)
      receive(.summary(.heaptrack, process: nil, [.leaked: ProgramLeakAmount(bytes: sum.bytes)]))
      return true
    }
    if text.equals("MEMORY LEAKS") {
      isOpen = true
      begin(receive)
      return true
    }
    if !isOpen, Self.isHeading(text) { begin(receive) }
    guard isOpen else { return false }
    if text.starts(with: "MOST ") || text.starts(with: "PEAK ") || text.starts(with: "total ") {
      close(receive)
      isOpen = false
      return false
    }
    if !takeAmount(text, number, receive) { takeFrame(text) }
    return true
  }

  /// Whether heaptrack or heaptrack_print says so; its leaks come later, if they were asked for.
  private static func isHeading(_ text: Span<UInt8>) -> Bool {
    text.equals("heaptrack stats:") || text.equals("MOST CALLS TO ALLOCATION FUNCTIONS")
      || text.equals("PEAK MEMORY CONSUMERS")
  }

  private mutating func begin(_ receive: ProgramLeakReader.Receiver) {
    if !hasBegun { receive(.began(.heaptrack, process: nil)) }
    hasBegun = true
  }

  mutating func finish(_ receive: ProgramLeakReader.Receiver) { close(receive) }

  /// `17.29K leaked over 2 calls from` before the function, with a colon behind it before a stack.
  private mutating func takeAmount(
    _ text: Span<UInt8>, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    guard let size = Self.size(text, from: 0), text.holds(" leaked over ", at: size.end),
      let calls = text.grouped(at: size.end + 13)
    else { return false }
    close(receive)
    isHead = !text.ends(with: "from:")
    if isHead {
      head = nil
    } else {
      record = ProgramLeakRecord(
        .heaptrack, process: nil, kind: .leaked,
        amount: ProgramLeakAmount(bytes: size.bytes, blocks: calls.value), line: number)
      record?.frames = [head].compactMap(\.self)
    }
    return true
  }

  private mutating func close(_ receive: ProgramLeakReader.Receiver) {
    if let record { receive(.record(record)) }
    record = nil
  }

  /// A function, or below it `at FILE:LINE` and `in OBJECT`.
  private mutating func takeFrame(_ text: Span<UInt8>) {
    guard !text.isEmpty else { return }
    guard var frame = isHead ? head : record?.frames.last else {
      return add(ProgramFrame(valgrind: text))
    }
    if text.starts(with: "at ") {
      frame.readSource(text.extracting(3..<text.count))
    } else if text.starts(with: "in ") {
      frame.object = text.string(3, text.count)
    } else {
      return add(ProgramFrame(valgrind: text))
    }
    if isHead {
      head = frame
    } else if let last = record?.frames.indices.last {
      record?.frames[last] = frame
    }
  }

  private mutating func add(_ frame: ProgramFrame) {
    if isHead {
      head = frame
    } else if (record?.frames.count ?? .max) < 500 {
      record?.frames.append(frame)
    }
  }

  /// `17.29K`, `12B`, `1.2GB`: thousands, as heaptrack counts them.
  private static func size(_ text: Span<UInt8>, from start: Int) -> (bytes: Int64, end: Int)? {
    guard let whole = text.grouped(at: start) else { return nil }
    var (value, end) = (Double(whole.value), whole.end)
    if end < text.count, text[end] == UInt8(ascii: "."), let part = text.grouped(at: end + 1) {
      var fraction = Double(part.value)
      for _ in (end + 1)..<part.end { fraction /= 10 }
      (value, end) = (value + fraction, part.end)
    }
    let units = "KMGT".utf8.enumerated()
    if end < text.count, let unit = units.first(where: { $0.element == text[end] }) {
      for _ in 0...unit.offset { value *= 1000 }
      end += 1
    }
    if end < text.count, text[end] == UInt8(ascii: "B") { end += 1 }
    return value < 9e18 ? (Int64(value.rounded()), end) : nil
  }
}
