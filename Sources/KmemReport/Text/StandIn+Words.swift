import KmemParsers
import KmemSnapshot

extension StandIn {
  /// What was read in place of a file, and what its rounding hides, as a sentence without its full stop.
  var sentence: String {
    "\(form.words) stands for \(file.absolutePath)"
      + (error > 0 ? "; it rounds: an amount may be off by \(Amount.short(error))" : "")
  }
}

extension Moment {
  /// What a reader must know of the sources: first what stands for others.
  var notes: [String] { standIns.map(\.sentence) + remarks.map(\.sentence) }
}
