/// Feeds the fuzzer's bytes to the intake whole and in two pieces: it must return, find the same, and
/// keep no more than there is.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzIntake(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
  let text = unsafe Span(_unsafeElements: bytes)
  var (whole, halves) = (Intake(), Intake())
  whole.read(text)
  whole.finish()
  halves.read(text.extracting(0..<(count / 2)))
  halves.read(text.extracting((count / 2)..<count))
  halves.finish()
  precondition(whole.count == halves.count)
  for number in 0..<whole.count { precondition(whole[number + 1] == halves[number + 1]) }
  // A file of which two parts are joined gains a line feed.
  precondition(whole.keptBytes <= 2 * count)
  return 0
}
