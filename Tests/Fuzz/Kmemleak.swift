/// What the reader made of a text.
private struct Reading {
  var reader = KmemleakReader()
  var records: [KmemleakRecord] = []

  mutating func read(_ text: Span<UInt8>) {
    reader.read(text) { record, _ in records.append(record) }
  }

  mutating func finish() {
    reader.finish { record, _ in records.append(record) }
    precondition(reader.counts.objects == records.count)
    precondition(reader.counts.headers == records.count + reader.counts.malformed)
  }

  /// Looks at everything the records refer to.
  var frames: [[KmemleakFrame]] {
    for record in records {
      _ = record.dump.content
      _ = record.comm.map { reader.tables.comm($0) }
    }
    return records.map { reader.tables.stack($0.stack) }
  }
}

/// Feeds the fuzzer's bytes to the reader whole, in two pieces, and byte by byte: it must return,
/// count what it read, and read the same each time.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzKmemleak(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
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
  for other in [halves, single] {
    precondition(whole.records == other.records && whole.frames == other.frames)
    precondition(whole.reader.counts == other.reader.counts)
    precondition(whole.reader.remarks == other.reader.remarks)
  }
  return 0
}
