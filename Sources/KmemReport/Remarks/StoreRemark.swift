/// What is said of the store of snapshots.
package enum StoreRemark: Sendable {
  /// Neither a snapshot nor a history is in any of its directories.
  case empty(directories: [String])
  case saved(path: String)
  /// What can be done with a snapshot just taken, by the name that it can be asked for.
  case next(name: String)

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
