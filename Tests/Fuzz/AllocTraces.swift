/// Feeds the fuzzer's bytes to the parser: it must return, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzAllocTraces(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = try? AllocTraces(parsing: Span(_unsafeElements: bytes))
  return 0
}
