/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzProcStatus(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let status = unsafe try? ProcStatus(parsing: Span(_unsafeElements: text))
  _ = (status?.effectiveCapabilities, status?.effectiveUserID, status?.bytes("VmRSS"))
  return 0
}
