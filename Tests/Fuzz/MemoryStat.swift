/// Feeds the fuzzer's bytes to the parser: it must return or throw, and read alike what it holds against
/// another group with the same names.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMemoryStat(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let stat = unsafe try? MemoryStat(parsing: Span(_unsafeElements: text))
  let again = unsafe try? MemoryStat(Span(_unsafeElements: text), like: stat)
  precondition(stat == again)
  _ = unsafe try? CgroupStat(parsing: Span(_unsafeElements: text))
  return 0
}
