/// Why nothing that was recorded can be given.
package enum HistoryRefusal: Refusal {
  /// No history lies in any of the store's directories.
  case noHistory(directories: [String])
  /// The history holds nothing of the boot, or of any where none is wanted; it knows these.
  case noBoot(path: String, wanted: String?, known: [String])

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
