/// Reads the lists of bcc's memleak and of heaptrack_print, which have no mark in each line.
struct AllocationListReader: Sendable {
  /// The last list of memleak: each one replaces that before.
  private var outstanding: [ProgramLeakRecord] = []
  private var hasMemleak = false
  private var heaptrack = HeaptrackReader()
  /// Whether lines are those of a stack of memleak's.
  private var isStack = false

  private static let mostRecords = 100_000

  /// Whether no list and no stack is open.
  var isIdle: Bool { !isStack && heaptrack.isIdle }

  mutating func read(
    _ line: Span<UInt8>, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) {
    let text = line.trimmed()
    if heaptrack.read(text, number, receive) { return }
    if text.offset(of: "stacks with outstanding allocations:") != nil {
      if !hasMemleak { receive(.began(.memleak, process: nil)) }
      hasMemleak = true
      (outstanding, isStack) = ([], false)
    } else if let amount = Self.amount(text), outstanding.count < Self.mostRecords {
      if !hasMemleak { receive(.began(.memleak, process: nil)) }
      hasMemleak = true
      outstanding.append(
        ProgramLeakRecord(.memleak, process: nil, kind: .outstanding, amount: amount, line: number))
      isStack = true
    } else if isStack {
      takeFrame(text)
    }
  }

  mutating func finish(_ receive: ProgramLeakReader.Receiver) {
    for record in outstanding { receive(.record(record)) }
    heaptrack.finish(receive)
  }

  /// `80 bytes in 5 allocations from stack`.
  private static func amount(_ text: Span<UInt8>) -> ProgramLeakAmount? {
    guard text.offset(of: "allocations from stack") != nil, let bytes = text.grouped(at: 0),
      text.holds(" bytes in ", at: bytes.end), let blocks = text.grouped(at: bytes.end + 10)
    else { return nil }
    return ProgramLeakAmount(bytes: bytes.value, blocks: blocks.value)
  }

  /// Adds the frames of a line; any other line ends the stack.
  private mutating func takeFrame(_ text: Span<UInt8>) {
    if text.starts(with: "addr = ") { return }
    let frames = ProgramFrame.memleak(text)
    guard !frames.isEmpty, let last = outstanding.indices.last,
      outstanding[last].frames.count + frames.count <= 500
    else { return isStack = false }
    outstanding[last].frames += frames
  }
}
