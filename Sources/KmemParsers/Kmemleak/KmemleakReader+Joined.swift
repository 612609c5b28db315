extension KmemleakReader {
  /// Reads what stands behind a header on its own line, where somebody joined a record's lines.
  ///
  /// Texts about faults quote records so. Of a dump only the first row is read, as nothing tells
  /// its characters from the next row.
  mutating func takeJoined(_ text: Span<UInt8>) {
    guard current.fate == .object, !text.trimmed().isEmpty else { return }
    let stack = text.offset(of: "backtrace") ?? text.count
    let dump = text.offset(of: "hex dump (first ").map { min($0, stack) } ?? stack
    let comm = text.offset(of: "comm \"").map { min($0, dump) } ?? dump
    take(part: text.extracting(comm..<dump))
    takeDump(joined: text.extracting(dump..<stack))
    takeStack(joined: text.extracting(stack..<text.count))
    // What follows on further lines may go on with the stack.
    current.isAtStack = false
  }

  private mutating func take(part: Span<UInt8>) {
    let part = part.trimmed()
    if !part.isEmpty { _ = takeBody(part) }
  }

  private mutating func takeDump(joined text: Span<UInt8>) {
    let end = text.offset(of: "):").map { $0 + 2 } ?? text.count
    take(part: text.extracting(0..<end))
    take(part: text.extracting(end..<text.count))
  }

  private mutating func takeStack(joined text: Span<UInt8>) {
    let end = text.offset(ofByte: Ascii.colon)
    take(part: text.extracting(0..<min(end + 1, text.count)))
    guard current.part == .stack, end < text.count else { return }
    let frames = text.extracting((end + 1)..<text.count)
    var start = frames.offsetOfNonBlank(from: 0)
    while start < frames.count {
      let next = frames.offsetOfFrame(after: start)
      take(part: frames.extracting(start..<next))
      start = next
    }
  }
}

extension Span<UInt8> {
  /// Where the next frame begins: at an address, or at a function that has none before it.
  fileprivate func offsetOfFrame(after start: Int) -> Int {
    var end = offsetOfBlank(from: start)
    var hasAddress = extracting(start..<end).starts(with: "[<")
    while true {
      let next = offsetOfNonBlank(from: end)
      guard next < count else { return count }
      end = offsetOfBlank(from: next)
      let word = extracting(next..<end)
      if word.starts(with: "[<") { return next }
      if word.starts(with: "0x") || word.offset(of: "+0x") != nil {
        if !hasAddress { return next }
        hasAddress = false
      }
    }
  }
}
