/// What single lines of sanitizers say.
enum SanitizerLine {
  /// The first line of a record: `Direct leak of 32 byte(s) in 4 object(s) allocated from:`.
  static func leak(_ text: Span<UInt8>) -> (ProgramLeakKind, ProgramLeakAmount)? {
    guard let place = text.offset(of: "irect leak of "), place > 0,
      let bytes = text.grouped(at: place + 14), text.holds(" byte(s) in ", at: bytes.end),
      let objects = text.grouped(at: bytes.end + 12), text.holds(" object(s)", at: objects.end)
    else { return nil }
    // `Indirect` has it as `direct` with a small letter.
    let kind: ProgramLeakKind = text[place - 1] == UInt8(ascii: "D") ? .direct : .indirect
    return (kind, ProgramLeakAmount(bytes: bytes.value, blocks: objects.value))
  }

  /// The sum in the last line of a report.
  ///
  /// `SUMMARY: AddressSanitizer: 236448 byte(s) leaked in 450 allocation(s).`
  static func sum(_ text: Span<UInt8>) -> ProgramLeakAmount? {
    guard let summary = text.offset(of: "SUMMARY: "),
      let place = text.offset(of: "Sanitizer: ", from: summary),
      let bytes = text.grouped(at: place + 11), text.holds(" byte(s) leaked in ", at: bytes.end),
      let objects = text.grouped(at: bytes.end + 19)
    else { return nil }
    return ProgramLeakAmount(bytes: bytes.value, blocks: objects.value)
  }

  /// The error that is no leak: `heap-use-after-free`.
  static func error(_ text: Span<UInt8>) -> String? {
    for mark: StaticString in ["ERROR: ", "WARNING: ", "SUMMARY: "] {
      guard let start = text.offset(of: mark),
        let place = text.offset(of: "Sanitizer: ", from: start)
      else { continue }
      let name = text.string(start + mark.utf8CodeUnitCount, place + 9)
      guard !name.utf8.contains(Ascii.space) else { continue }
      var end = text.count
      for stop: StaticString in [" on ", " (", "; ", " at pc", " /"] {
        if let found = text.offset(of: stop, from: place + 11) { end = min(end, found) }
      }
      return "\(name): \(text.string(place + 11, end))"
    }
    return nil
  }
}

/// The beginning of a frame of a sanitizer: `#1 0x55acecd9d7a6 `.
struct SanitizerFrame {
  let number: Int
  /// Where what is known of the frame begins.
  let end: Int
  /// Whether an address stands behind the number: without it prose may begin so (`#5716 fixed this`).
  let hasAddress: Bool

  init?(_ text: Span<UInt8>) {
    guard let start = Self.start(text), let number = text.grouped(at: start + 1) else { return nil }
    self.number = Int(clamping: number.value)
    var end = number.end
    // Fuchsia numbers functions that were inlined: `#1.1`.
    if end < text.count, text[end] == UInt8(ascii: ".") { return nil }
    end = text.nonBlank(from: end)
    let address = text.endOfAddress(at: end)
    hasAddress = address != nil
    if let address { end = address }
    guard end > number.end else { return nil }
    self.end = end
  }

  /// Where the number begins; something else may stand before it where an address follows.
  private static func start(_ text: Span<UInt8>) -> Int? {
    var start = text.offset(ofByte: UInt8(ascii: "#"))
    while start < text.count {
      if let number = text.grouped(at: start + 1), number.end - start < 6,
        number.end < text.count, Ascii.isBlank(text[number.end])
      {
        let next = text.nonBlank(from: number.end)
        if start == 0 || text.endOfAddress(at: next) != nil { return start }
      }
      start = text.offset(ofByte: UInt8(ascii: "#"), from: start + 1)
    }
    return nil
  }
}
