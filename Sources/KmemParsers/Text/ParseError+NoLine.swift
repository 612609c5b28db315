/// The refusal of a text in which no line is one of that file's, with the likeliest cause.
func noLine(of file: String, in text: Span<UInt8>, example: String) -> ParseError {
  var lines = Lines(text)
  guard let first = lines.next() else {
    return ParseError(
      line: 0, reason: "the text is empty: \(file) was not readable when it was captured")
  }
  let start = first.trimmed()
  if isErrorMessage(start) {
    return ParseError(
      line: 1, reason: "an error message was captured in place of \(file): \(start.text.prefix(80))"
    )
  }
  return ParseError(
    line: 1, reason: "no line of it looks like \(file), whose lines look like \"\(example)\"")
}

/// Whether a line is the message of a command that could not read the file it was asked for.
func isErrorMessage(_ line: Span<UInt8>) -> Bool {
  line.offset(of: "Permission denied") != nil || line.offset(of: "No such file") != nil
    || line.offset(of: "not permitted") != nil || line.offset(of: "not supported") != nil
}
