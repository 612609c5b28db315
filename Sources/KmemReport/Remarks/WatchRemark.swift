/// What failed while sampling goes on, with the sentence of the error.
package enum WatchRemark: Sendable {
  /// Memory couldn't be read for one sample.
  case sampleLeftOut(error: String)
  /// Samples couldn't be written into the history.
  case notRecorded(error: String)
  /// The history takes samples again: so many that had been kept were written, and so many are lost.
  case recordedAgain(kept: Int, lost: Int)

  /// The remark in sentences.
  package var sentence: String {
    switch self {
    case .sampleLeftOut(let error):
      "\(error); this sample is left out, and sampling goes on."
    case .notRecorded(let error): "\(error) Sampling goes on."
    case .recordedAgain(let kept, let lost):
      "The history takes samples again; \(kept) that had been kept \(kept == 1 ? "was" : "were") written"
        + (lost == 0 ? "." : ", \(lost) before them \(lost == 1 ? "is" : "are") missing.")
    }
  }
}
