import KmemReport
internal import KmemSnapshot

/// What a command answers: one set of findings as JSON and as text, and its exit status.
struct Answer {
  /// The status with which the program ends once the answer is written.
  let status: ExitStatus
  /// Makes the document; called only where JSON is wanted.
  let json: () -> JSONValue
  /// Makes the text in the style of its output; called only where text is wanted.
  let text: (Style) -> String
  /// Makes the one line of `--brief`, where the last line of the text is too long for it.
  var brief: (() -> String)?

  init(
    _ status: ExitStatus = .done, json: @autoclosure @escaping () -> JSONValue,
    text: @escaping (Style) -> String
  ) {
    self.status = status
    self.json = json
    self.text = text
  }
}
