/// Feeds the fuzzer's bytes to the parser, and its lines to what tells a table: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSlabTable(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  _ = try? SlabTable(parsing: text)
  _ = SlabTable.sign(of: text)
  _ = SlabTable.holds(text)
  return 0
}
