import ArgumentParser
import KmemSources

/// What shells offer where a command takes a snapshot, a process or a program.
extension CompletionKind {
  /// A snapshot: what stands for a moment, labels of the store, and files.
  static var snapshot: Self {
    .custom { _, _, prefix in
      let words = ["now", "@last"] + WordCandidates.labels()
      return words.filter { $0.hasPrefix(prefix) } + files(prefix)
    }
  }

  /// The id of a process that runs.
  static var process: Self {
    .custom { _, _, prefix in WordCandidates.processes().filter { $0.hasPrefix(prefix) } }
  }

  /// A command line of another program, of which the first word is looked up.
  static var program: Self {
    .custom { words, index, prefix in
      let isFirst = words.indices.contains(index - 1) && words[index - 1] == "--"
      let isPath = !isFirst || prefix.contains("/")
      return isPath ? files(prefix) : WordCandidates.programs(beginningWith: prefix)
    }
  }

  /// Paths; bash marks folders by itself.
  private static func files(_ prefix: String) -> [String] {
    WordCandidates.paths(
      beginningWith: prefix, marksFolders: CompletionShell.requesting != .bash)
  }
}
