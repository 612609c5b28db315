/// Feeds the fuzzer's bytes to the parser: it must return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzKernelCommandLine(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let line = unsafe try? KernelCommandLine(parsing: Span(_unsafeElements: text))
  _ = line?.isSet("kmemleak")
  return 0
}
