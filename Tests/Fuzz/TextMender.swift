/// What the mender made of a text.
private struct Mended: Equatable {
  var mender = TextMender()
  var text: [UInt8] = []

  mutating func read(_ piece: Span<UInt8>) {
    mender.read(piece) { span in for index in span.indices { text.append(span[index]) } }
  }

  mutating func finish() {
    mender.finish { span in for index in span.indices { text.append(span[index]) } }
  }

  static func == (one: Self, other: Self) -> Bool {
    one.text == other.text && one.mender.remarks == other.mender.remarks
  }
}

/// Feeds the fuzzer's bytes to the mender whole, in two pieces, and byte by byte: it must return,
/// mend the same each time, leave a text as it is of which it says nothing, and not blow it up.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzTextMender(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  var (whole, halves, single) = (Mended(), Mended(), Mended())
  whole.read(text)
  halves.read(text.extracting(0..<(count / 2)))
  halves.read(text.extracting((count / 2)..<count))
  for index in text.indices { single.read(text.extracting(index..<(index + 1))) }
  whole.finish()
  halves.finish()
  single.finish()
  precondition(whole == halves && whole == single)
  precondition(whole.text.count <= 8 * count + 64)
  // Texts of many blocks, as long ones are.
  var (blocks, parts) = (
    Mended(mender: TextMender(blockSize: 120)), Mended(mender: TextMender(blockSize: 120))
  )
  blocks.read(text)
  parts.read(text.extracting(0..<(count / 2)))
  parts.read(text.extracting((count / 2)..<count))
  blocks.finish()
  parts.finish()
  precondition(blocks == parts && blocks.text.count <= 8 * count + 64)
  if whole.mender.remarks.isEmpty { precondition(unsafe whole.text == Array(bytes)) }
  return 0
}
