/// What a command has to say about the store of snapshots.
package enum StoreRemark: Sendable {
  /// None of the store's directories holds a snapshot or a history.
  case empty(directories: [String])
  case saved(path: String)
  /// The next commands for a snapshot just taken, with the name by which it is found.
  case next(name: String)

  /// The remark, as words or sentences.
  package var sentence: String {
    switch self {
    case .empty(let directories):
      "No snapshot lies in \(directories.joined(separator: " or ")). Take one: kmemcheck snap"
    case .saved(let path): "saved as \(path)"
    case .next(let name):
      "next: kmemcheck show \(name), and later: kmemcheck diff \(name) now"
    }
  }
}
