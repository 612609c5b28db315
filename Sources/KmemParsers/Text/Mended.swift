/// Hands the text to a parser, with spaces where a web page or a mail left no-break spaces.
func withPlainSpaces<Parsed>(
  _ text: Span<UInt8>, _ parse: (Span<UInt8>) throws(ParseError) -> Parsed
) throws(ParseError) -> Parsed {
  guard let mended = spacesForNoBreakSpaces(in: text) else { return try parse(text) }
  return try parse(mended.span)
}
