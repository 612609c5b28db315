/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzKubectlTop(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  _ = unsafe try? KubectlTop(parsing: Span(_unsafeElements: text))
  return 0
}
