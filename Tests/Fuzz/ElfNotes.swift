/// Feeds the fuzzer's bytes to the parser: it must return.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzElfNotes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = unsafe ElfNotes(parsing: Span(_unsafeElements: bytes))
  return 0
}
