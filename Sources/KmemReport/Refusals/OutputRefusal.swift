/// Why an answer can't be written, with the error's text.
package enum OutputRefusal: Refusal {
  case standardOutput(error: String)
  case file(path: String, error: String)
  /// Nothing has an amount that could be drawn.
  case nothingToDraw(path: String)
  /// node_exporter reads files of that ending only.
  case notPrometheus(path: String)

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .standardOutput(let error):
      "could not write to standard output (\(error)): is the disk full?"
    case .file(let path, let error): "\(path) could not be written: \(error)"
    case .nothingToDraw(let path): "nothing to draw: \(path) is not written"
    case .notPrometheus(let path):
      "\(path) has no name that ends in .prom, and node_exporter reads no others"
    }
  }
}
