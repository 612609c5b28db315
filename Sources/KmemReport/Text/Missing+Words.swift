import KmemParsers
import KmemAnalysis
import KmemSnapshot

extension Missing {
  /// The reason in a few words: `denied (needs root)`.
  var words: String {
    guard let detail else { return cause.word }
    return "\(cause.word) (\(detail))"
  }
}

extension Missing.Cause {
  var word: String {
    switch self {
    case .absent: "absent"
    case .denied: "denied"
    case .empty: "empty"
    case .failed: "failed"
    case .skipped: "skipped"
    case .timedOut: "timed out"
    case .refused: "refused"
    }
  }
}

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

extension MissingAmount {
  /// The reason in a few words.
  var words: String {
    switch self {
    case .notPrinted: "not printed by this kernel"
    case .notReported: "not in the report"
    case .notInText: "not in this text"
    case .hostOnly: "known of the host only"
    case .source(let missing): missing.words
    case .lines(let lines): "not in this file: \(lines.map(\.rawValue).joined(separator: ", "))"
    case .vmalloc(let areas):
      "not printed (this kernel's VmallocUsed is no amount of memory, and vmallocinfo is "
        + "\(areas?.words ?? "no areas"))"
    }
  }
}

extension ClassChange {
  /// Why the class has no growth, in a few words; nil where it has.
  var missingWords: String? {
    guard bytes.growth == nil else { return nil }
    if let missing { return missing.words }
    guard memoryClass != .unaccounted else { return "not all other classes are known" }
    let names = GapWords.names(oneSided, atMost: 2)
    return names.isEmpty ? "a part of it is missing" : "\(names) on one side only"
  }
}

extension Health {
  /// Why there are no books, in a few words.
  var booksMissing: String { meminfoMissing?.words ?? "MemTotal isn't in meminfo" }

  /// The same as a sentence without its full stop: `meminfo is absent`.
  var booksMissingSentence: String {
    meminfoMissing.map { "meminfo is \($0.words)" } ?? booksMissing
  }
}
