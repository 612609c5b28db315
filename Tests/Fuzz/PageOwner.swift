/// Feeds the fuzzer's bytes to the reader in two pieces: the sums must be those of the whole text.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPageOwner(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  var whole = PageOwnerReader()
  whole.read(text)
  var pieces = PageOwnerReader()
  for range in [0..<count / 2, count / 2..<count] { pieces.read(text.extracting(range)) }
  let sums = whole.finish()
  // A line beyond any the kernel prints is cut at another place when it comes in pieces.
  precondition(count > 1 << 13 || sums == pieces.finish())
  precondition(whole.blocks >= UInt64(sums.stacks.count))
  return 0
}
