import KmemAnalysis

/// Owners and their evidence, in words in which exact and inferred never look alike.
enum OwnerFormat {
  /// The function with its place and module, as much of it as is known.
  static func owner(_ owner: Owner) -> String {
    let module = owner.module.map { "[\($0)]" }
    guard let function = owner.function else { return owner.module.map { "module \($0)" } ?? "?" }
    let line = owner.line.map { ":\($0)" } ?? ""
    let place = owner.file.map { "\($0)\(line)" }
    return [function, place, module].compactMap { $0 }.joined(separator: " ")
  }

  /// The sources behind a candidate: `exact: allocinfo, alloc_traces`.
  static func grounds(_ candidate: Candidate) -> String {
    var kinds: [String] = []
    for evidence in candidate.evidence where !kinds.contains(evidence.kind.rawValue) {
      kinds.append(evidence.kind.rawValue)
    }
    let word = candidate.confidence == .exact ? "exact" : "inferred"
    return "\(word): \(kinds.joined(separator: ", "))"
  }

  /// The candidate in one line; an inferred one begins with a word of doubt.
  static func line(_ candidate: Candidate) -> String {
    let doubt: String
    switch candidate.confidence {
    case .exact: doubt = ""
    case .likely: doubt = "likely "
    case .possible: doubt = "possibly "
    }
    return "\(doubt)\(owner(candidate.owner)) (\(grounds(candidate)))"
  }

  /// The best candidate in one line; where several are possible, all of them, so that none is
  /// blamed alone.
  static func best(_ candidates: [Candidate]) -> String? {
    guard let first = candidates.first else { return nil }
    guard first.confidence == .possible, candidates.count > 1 else { return line(first) }
    return "\(set(candidates)) (\(grounds(first)))"
  }

  /// The amount that grew, by name.
  static func subject(_ subject: SeriesID) -> String {
    subject == .memoryClass(.slabUnreclaimable) ? "kmalloc of whole pages" : subject.name
  }

  /// The set of owners that merged or rivalling evidence leaves, as `one of A, B or C`.
  static func set(_ candidates: [Candidate]) -> String {
    let names = candidates.prefix(4).map { owner($0.owner) }
    let more = candidates.count > 4 ? " and \(candidates.count - 4) more" : ""
    guard let last = names.last, names.count > 1 else { return names.first ?? "nobody known" }
    return "one of \(names.dropLast().joined(separator: ", ")) or \(last)\(more)"
  }
}
