package import KmemAnalysis

extension FrameRule.Refusal {
  /// Why the rule is refused: `skip-frames:3: every function would be skipped by "*"`.
  package var sentence: String { "\(place): \(reason.words)" }
}

extension FrameRule.Refusal.Reason {
  fileprivate var words: String {
    switch self {
    case .noName(let text):
      "\"\(text)\" is no function to skip: write a name, in which * stands for any text, and "
        + "perhaps a module, as in nvkms_alloc* or nvkms_alloc* [nvidia_modeset]"
    case .skipsEverything(let text):
      "\"\(text)\" would skip every function, and leave none to name"
    }
  }
}
