/// Why no recorded samples can be given.
package enum HistoryRefusal: Refusal {
  /// No history lies in any of the store's directories.
  case noHistory(directories: [String])
  /// The history holds nothing of the boot, or of any boot where none is wanted; `known` lists its
  /// boots.
  case noBoot(path: String, wanted: String?, known: [String])

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .noHistory(let directories):
      "there is no history in \(directories.joined(separator: " or ")); "
        + "record one with: kmemcheck watch --record"
    case .noBoot(let path, let wanted, let known):
      "\(path) has nothing of \(wanted.map { "the boot \($0)" } ?? "any boot")"
        + (known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))")
    }
  }
}
