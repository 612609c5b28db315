extension ProgramFrame {
  /// The frames in one line of memleak's; none where the line is no frame of it, or was cut.
  ///
  /// bcc prints `main+0x6d [allocs]`, since 0.20 with the address before it, libbpf-tools
  /// `0 [<00005555>] main+0x6d [allocs]`. bcc 0.9 printed all of a stack as Python shows bytes:
  /// `b'main+0x6d [allocs]\n\t\tstart+0x1 [libc.so.6]'`.
  static func memleak(_ text: Span<UInt8>) -> [ProgramFrame] {
    guard text.starts(with: "b'") || text.starts(with: "b\"") else {
      return one(text).map { [$0] } ?? []
    }
    var frames: [ProgramFrame] = []
    var start = 2
    while start < text.count, frames.count < 500 {
      let end = text.offset(of: "\\n", from: start) ?? text.count
      var line = text.extracting(start..<end).trimmed()
      while line.starts(with: "\\t") { line = line.extracting(2..<line.count).trimmed() }
      if end == text.count, let last = line.last, last == text[1] {
        line = line.extracting(0..<(line.count - 1))
      }
      guard let frame = one(line) else { break }
      frames.append(frame)
      start = end + 2
    }
    return frames
  }

  private static func one(_ text: Span<UInt8>) -> ProgramFrame? {
    var (text, isFrame) = (text.trimmed(), false)
    if let number = text.grouped(at: 0), text.holds(" [<", at: number.end),
      let close = text.offset(of: ">]")
    {
      text = text.extracting(min(close + 3, text.count)..<text.count).trimmed()
      isFrame = true
    } else if let end = text.endOfAddress(at: 0), end == text.count || Ascii.isBlank(text[end]) {
      text = text.extracting(end..<text.count).trimmed()
      isFrame = end < text.count
    }
    var object: String?
    if text.last == UInt8(ascii: "]"),
      let open = text.lastOffset(ofByte: UInt8(ascii: "["), before: text.count)
    {
      let name = text.string(open + 1, text.count - 1)
      if name != "unknown" { object = name }
      text = text.extracting(0..<open).trimmed()
      isFrame = true
    }
    if text.equals("[unknown]") || text.equals("<null sym>") { text = text.extracting(0..<0) }
    isFrame = isFrame || text.endsInOffset
    guard isFrame else { return nil }
    var frame = ProgramFrame(valgrind: text)
    frame.object = object
    return frame
  }
}

extension Span<UInt8> {
  fileprivate var last: UInt8? { isEmpty ? nil : self[count - 1] }

  /// Whether the text is a function with the place in it: `main+0x6d`.
  fileprivate var endsInOffset: Bool {
    guard let plus = lastOffset(ofByte: UInt8(ascii: "+"), before: count), plus > 0 else {
      return false
    }
    return endOfAddress(at: plus + 1) == count
  }
}
