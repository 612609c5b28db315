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

/// Hands the text to a parser, with spaces where a web page or a mail left no-break spaces.
func withPlainSpaces<Parsed>(
  _ text: Span<UInt8>, _ parse: (Span<UInt8>) throws(ParseError) -> Parsed
) throws(ParseError) -> Parsed {
  guard let mended = spacesForNoBreakSpaces(in: text) else { return try parse(text) }
  return try parse(mended.span)
}
