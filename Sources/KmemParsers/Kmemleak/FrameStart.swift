/// What stands before a frame's function: an address, a number, a question mark.
///
/// `[<c00a98dc>] create_object+0x10c/0x28c` is the usual form, with the address hashed since 4.15
/// (`[<(____ptrval____)>]` early in a boot) and left out since 6.13. s390 put it in parentheses where
/// a frame wasn't sure, x86 a question mark behind it; debuggers number frames; web pages eat the angle
/// brackets, with the address in them or without.
struct FrameStart: Hashable, Sendable {
  /// Where the function begins.
  private(set) var offset = 0
  /// Whether an address stood before it, so that what follows is a frame, whatever it looks like.
  private(set) var hasAddress = false
  private var isInParentheses = false

  mutating func read(_ text: Span<UInt8>) {
    while offset < text.count, let next = next(text) {
      offset = text.offsetOfNonBlank(from: next)
    }
  }

  /// Where the frame ends: before the parenthesis that was opened before it.
  func end(of text: Span<UInt8>) -> Int {
    isInParentheses && text[text.count - 1] == UInt8(ascii: ")") ? text.count - 1 : text.count
  }

  /// Where the next part of what stands before the function ends; nil if none begins here.
  private mutating func next(_ text: Span<UInt8>) -> Int? {
    switch text[offset] {
    case UInt8(ascii: "["): address(text)
    case UInt8(ascii: "("): parenthesis(text)
    case UInt8(ascii: "?"), UInt8(ascii: "#"): mark(text)
    default: number(text)
    }
  }

  private mutating func address(_ text: Span<UInt8>) -> Int? {
    if text.holds("[<", at: offset) {
      let end = text.offset(ofByte: UInt8(ascii: ">"), from: offset)
      guard end + 1 < text.count, text[end + 1] == UInt8(ascii: "]") else { return nil }
      hasAddress = true
      return end + 2
    }
    // Without the angle brackets: `[ffffffff9c6b9d4a]`, `[]`; a frame's number, `[3]`, is no address.
    let end = text.offset(ofByte: UInt8(ascii: "]"), from: offset)
    guard end < text.count else { return nil }
    let inner = text.extracting((offset + 1)..<end)
    guard inner.isEmpty || inner.hexadecimal != nil else { return nil }
    if inner.count >= 8 { hasAddress = true }
    return end + 1
  }

  private mutating func parenthesis(_ text: Span<UInt8>) -> Int? {
    if text.holds("(____ptrval____)", at: offset) {
      hasAddress = true
      return offset + 16
    }
    guard text.holds("([<", at: offset) else { return nil }
    isInParentheses = true
    return offset + 1
  }

  private func mark(_ text: Span<UInt8>) -> Int? {
    var end = offset + 1
    while end < text.count, Ascii.isDigit(text[end]) { end += 1 }
    return end < text.count && Ascii.isBlank(text[end]) ? end : nil
  }

  /// A frame's number, `12:`, `3)`, or its address without brackets.
  private mutating func number(_ text: Span<UInt8>) -> Int? {
    guard Ascii.isDigit(text[offset]) else { return nil }
    let end = text.offsetOfBlank(from: offset)
    guard end < text.count else { return nil }
    let word = text.extracting(offset..<end)
    let last = word[word.count - 1]
    if last == Ascii.colon || last == UInt8(ascii: ")") || last == UInt8(ascii: ".") {
      return word.extracting(0..<(word.count - 1)).decimal == nil ? nil : end
    }
    // `0xffffffff81234567 func+0x1/0x2`: the module of a bare address would stand in brackets.
    let next = text.offsetOfNonBlank(from: end)
    guard word.starts(with: "0x"), word.hexadecimal != nil, next < text.count,
      text.extracting(next..<text.count).offset(of: "+0x") != nil
    else { return nil }
    hasAddress = true
    return end
  }
}

extension KmemleakFrame {
  /// Reads the caller in the form of 32-bit arm, which names both ends of a call:
  /// `(create_object) from [<c03ba8ec>] (kmemleak_alloc+0x3c/0x70)`, or `create_object from
  /// kmemleak_alloc+0x3c/0x70` since 5.15.
  ///
  /// The function called is the caller of the line before.
  init?(callerIn text: Span<UInt8>) {
    guard let from = text.offset(of: " from ") else { return nil }
    var start = FrameStart()
    let caller = text.extracting((from + 6)..<text.count)
    start.read(caller)
    var (begin, end) = (start.offset, caller.count)
    if begin < end, caller[begin] == UInt8(ascii: "("), caller[end - 1] == UInt8(ascii: ")") {
      (begin, end) = (begin + 1, end - 1)
    }
    guard begin < end else { return nil }
    let frame = KmemleakFrame(caller.extracting(begin..<end), isSure: false)
    guard let frame, frame.offset != nil else { return nil }
    self = frame
  }
}
