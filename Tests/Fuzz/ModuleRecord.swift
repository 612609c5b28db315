/// Feeds the fuzzer's bytes to the parser: it must return.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzModuleRecord(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = unsafe ModuleRecord(parsing: Span(_unsafeElements: text))
  return 0
}
