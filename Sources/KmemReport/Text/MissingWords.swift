import KmemAnalysis
import KmemSnapshot

extension MissingList {
  /// The reason in a few words, before and after: `absent before, read after`.
  var words: String {
    switch self {
    case .source(let missing): missing.words
    case .before(let missing): "\(missing.words) before, read after"
    case .after(let missing): "read before, \(missing.words) after"
    case .both(let before, let after): "\(before.words) before, \(after.words) after"
    case .twoBoots: "the snapshots are of two boots"
    }
  }
}
