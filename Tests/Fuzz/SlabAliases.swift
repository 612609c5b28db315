/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSlabAliases(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let aliases = unsafe try? SlabAliases(parsing: Span(_unsafeElements: text))
  _ = aliases?.aliases(of: "kmalloc-192")
  return 0
}
