/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSlabinfo(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let slabinfo = unsafe try? Slabinfo(parsing: Span(_unsafeElements: text))
  for cache in slabinfo?.caches ?? [] { _ = cache.bytes(pageSize: 65536) }
  return 0
}
