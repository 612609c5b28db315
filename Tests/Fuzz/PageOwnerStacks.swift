/// Feeds the fuzzer's bytes to the parser: it must return, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPageOwnerStacks(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = try? PageOwnerStacks(parsing: Span(_unsafeElements: bytes))
  return 0
}
