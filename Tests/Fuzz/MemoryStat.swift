/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMemoryStat(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = unsafe try? MemoryStat(parsing: Span(_unsafeElements: text))
  _ = unsafe try? CgroupStat(parsing: Span(_unsafeElements: text))
  return 0
}
