import KmemReport

/// What a command answers: the same findings as JSON and as text, and what they come to.
struct Answer {
  /// What the program ends with once the answer is written.
  let status: ExitStatus
  /// Makes the document; asked for only where JSON is wanted.
  let json: () -> JSONValue
  /// Makes the text for the place it is written to; asked for only where text is wanted.
  let text: (Style) -> String

  init(
    _ status: ExitStatus = .done, json: @autoclosure @escaping () -> JSONValue,
    text: @escaping (Style) -> String
  ) {
    self.status = status
    self.json = json
    self.text = text
  }
}
