/// The text with each no-break space (C2 A0, from web pages and mails) replaced by a space, or
/// nothing where it has none.
func spacesForNoBreakSpaces(in text: Span<UInt8>) -> [UInt8]? {
  guard text.contains(0xC2), text.offset(of: "\u{A0}") != nil else { return nil }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    let isNoBreak = index + 1 < text.count && text[index] == 0xC2 && text[index + 1] == 0xA0
    bytes.append(isNoBreak ? Ascii.space : text[index])
    index += isNoBreak ? 2 : 1
  }
  return bytes
}

/// The refusal of a text in which no line is one of that file's, with the likeliest cause.
func noLine(of file: String, in text: Span<UInt8>, example: String) -> ParseError {
  var lines = Lines(text)
  guard let first = lines.next() else {
    return ParseError(
      line: 0, reason: "the text is empty: \(file) was not readable when it was captured")
  }
  let start = first.trimmed()
  if start.offset(of: "Permission denied") != nil || start.offset(of: "No such file") != nil
    || start.offset(of: "not permitted") != nil || start.offset(of: "not supported") != nil
  {
    return ParseError(
      line: 1, reason: "an error message was captured in place of \(file): \(start.text.prefix(80))"
    )
  }
  return ParseError(
    line: 1, reason: "no line of it looks like \(file), whose lines look like \"\(example)\"")
}
