package import KmemAnalysis

extension SuppressionFile.Refusal {
  /// Why the file is refused: `suppressions:12: a suppression begins with a line "{"`.
  package var sentence: String { "\(place): \(reason.words)" }
}

extension SuppressionFile.Refusal.Reason {
  fileprivate var words: String {
    switch self {
    case .notInBlock: "a suppression begins with a line \"{\", or is LeakSanitizer's: \"leak:NAME\""
    case .unclosed: "this suppression has no closing \"}\""
    case .unknown(let line):
      "\"\(line)\" is none of reason:, frame:, module:, size:, comm:, \"...\""
    case .noSize: "a size is a number of bytes, or two as in 64..128"
    case .noReason: "this suppression gives no reason; write one behind \"reason:\""
    case .hidesEverything: "this suppression would hide every leak; name a frame or a module"
    }
  }
}
