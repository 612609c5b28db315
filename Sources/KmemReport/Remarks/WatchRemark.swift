/// What failed while sampling goes on, with the sentence of the error.
package enum WatchRemark: Sendable {
  /// Memory couldn't be read for one sample.
  case sampleLeftOut(error: String)
  /// Samples couldn't be written into the history.
  case notRecorded(error: String)

  /// The remark in sentences.
  package var sentence: String {
    switch self {
    case .sampleLeftOut(let error):
      "\(error); this sample is left out, and sampling goes on."
    case .notRecorded(let error): "\(error) Sampling goes on."
    }
  }
}
