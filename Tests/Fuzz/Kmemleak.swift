/// Feeds the fuzzer's bytes to the reader in pieces: it must return, and count what it read.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzKmemleak(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  var reader = KmemleakReader()
  var objects = 0
  var frames = 0
  let half = count / 2
  for range in [0..<half, half..<count] {
    reader.read(text.extracting(range)) { record, tables in
      objects += 1
      frames += tables.stack(record.stack).count + record.dump.bytes.count
      _ = record.dump.content
    }
  }
  reader.finish { record, tables in
    objects += 1
    frames += tables.depth(record.stack)
  }
  precondition(reader.counts.objects == objects)
  precondition(reader.counts.headers == objects + reader.counts.malformed)
  return 0
}
