/// Feeds the fuzzer's bytes to the reader of kernel logs, and makes kernel files of what it finds.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMemoryReports(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = unsafe UnsafeBufferPointer(start: start, count: count)
  let found = unsafe MemoryReports(Span(_unsafeElements: text))
  for report in found.reports {
    _ = (report.meminfo, report.zoneinfo, report.buddyinfo, report.totalPages)
  }
  return 0
}
