/// What the reader made of a text.
private struct Reading {
  var reader = ProgramLeakReader()
  var events: [ProgramLeakEvent] = []

  mutating func read(_ text: Span<UInt8>) { reader.read(text) { events.append($0) } }

  mutating func finish() { reader.finish { events.append($0) } }
}

/// Takes the lines of Valgrind's XML apart at their tags, as far as that goes without an XML reader.
private func readMarkup(_ events: [ProgramLeakEvent]) {
  var document = ValgrindDocument(line: 1)
  for case .markup(let bytes, let line) in events {
    for part in bytes.split(separator: UInt8(ascii: "<")) {
      let name = String(decoding: part.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
      if name.hasPrefix("/") {
        document.close(name) { _ in }
      } else {
        document.open(name, line: line)
      }
    }
  }
}

/// Feeds the fuzzer's bytes to the readers of programs' leak reports whole, in two pieces and byte by
/// byte: it must return, and find the same each time.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzProgramLeaks(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  var (whole, halves, single) = (Reading(), Reading(), Reading())
  whole.read(text)
  halves.read(text.extracting(0..<(count / 2)))
  halves.read(text.extracting((count / 2)..<count))
  for index in text.indices { single.read(text.extracting(index..<(index + 1))) }
  whole.finish()
  halves.finish()
  single.finish()
  precondition(whole.events == halves.events && whole.events == single.events)
  readMarkup(whole.events)
  return 0
}
