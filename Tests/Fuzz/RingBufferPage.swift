/// Feeds the fuzzer's bytes to the reader of trace pages: it must return.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzRingBufferPage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let page = unsafe Span(_unsafeElements: bytes)
  // The first bytes are a format too: of the header, of an allocation, of a stack.
  let half = page.count / 2
  let text = page.extracting(0..<half)
  if let format = try? EventFormat(parsing: text) {
    read(page.extracting(half..<page.count), format)
  }
  let header =
    "field: u64 timestamp;\toffset:0;\tsize:8;\nfield: local_t commit;\toffset:8;\tsize:8;\n"
    + "field: char data;\toffset:16;\tsize:4080;\n"
  let bytesOfHeader = Array(header.utf8)
  if let format = try? EventFormat(parsing: bytesOfHeader.span) { read(page, format) }
  return 0
}

private func read(_ page: Span<UInt8>, _ header: EventFormat) {
  guard let layout = RingBufferPage.Layout(header) else { return }
  let text =
    "ID: 658\nfield:int common_pid;\toffset:4;\tsize:4;\nfield:void * ptr;\toffset:16;\tsize:8;\n"
    + "field:size_t bytes_alloc;\toffset:32;\tsize:8;\nfield:__data_loc char[] name;\toffset:24;\tsize:4;\n"
  let bytes = Array(text.utf8)
  var events = AllocationEvents()
  if let format = try? EventFormat(parsing: bytes.span) {
    _ = events.add(.allocation(.cache), format)
  }
  _ = RingBufferPage.read(page, layout) { _, range in _ = events.event(page, range) }
}
