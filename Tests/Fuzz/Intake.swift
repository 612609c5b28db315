/// What is in a text that is mended first, as the program reads it.
private struct Read {
  var mender = TextMender()
  var intake = Intake()
  var bytes = 0

  mutating func read(_ piece: Span<UInt8>) {
    mender.read(
      piece,
      stamped: {
        bytes += $0.count
        intake.read($0, stamps: $1)
      })
  }

  mutating func finish() {
    mender.finish(stamped: {
      bytes += $0.count
      intake.read($0, stamps: $1)
    })
    intake.finish()
  }
}

/// Feeds the fuzzer's bytes to the intake, mended and as they are, whole and in two pieces: it must
/// return, find the same, and keep no more than there is.
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
  var (mended, parts) = (Read(), Read())
  mended.read(text)
  mended.finish()
  parts.read(text.extracting(0..<(count / 2)))
  parts.read(text.extracting((count / 2)..<count))
  parts.finish()
  precondition(mended.intake.count == parts.intake.count && mended.bytes == parts.bytes)
  for number in 0..<mended.intake.count {
    precondition(mended.intake[number + 1] == parts.intake[number + 1])
  }
  precondition(mended.intake.keptBytes <= 2 * mended.bytes)
  return 0
}
