/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSmaps(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let smaps = unsafe try? Smaps(parsing: Span(_unsafeElements: text))
  _ = SmapsAmounts(summing: smaps?.mappings.map(\.amounts) ?? [])
  return 0
}
