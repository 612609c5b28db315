package import KmemParsers

/// What tools report of programs' leaks: groups by kind and stack, and the tools' own sums.
package struct ProgramLeakReport: Sendable {
  /// What the text is called.
  package let name: String
  /// The processes in the order of the text.
  package let processes: [ProgramLeakProcess]
  /// The groups that no suppression left out: leaks first, the largest first.
  package private(set) var groups: [ProgramLeakGroup]
  /// The errors that are no leaks, each with how often it occurs.
  package internal(set) var errors: [OtherError] = []
  /// Tools of which the text holds something, and which report no leaks.
  package internal(set) var otherTools: [String] = []
  /// How tools failed, in their own words.
  package internal(set) var failures: [String] = []
  /// Why lines of the text couldn't be read.
  package internal(set) var remarks: [Remark] = []
  /// The rules that were given, each with what it left out.
  package private(set) var suppressions: [Suppression] = []
  /// What changed since an earlier report; nil where none was given.
  package private(set) var comparison: LeakComparison?

  /// An error that is no leak.
  package struct OtherError: Hashable, Sendable {
    /// What it is, in the tool's words.
    package let text: String
    /// How often it occurs.
    package let count: Int
  }

  init(name: String, processes: [ProgramLeakProcess], frameRules: FrameRules) {
    self.name = name
    self.processes = processes
    groups = ProgramLeakGrouping(processes, frameRules).groups
  }

  /// The amounts of all groups by kind, in the order of the kinds.
  package var totals: [(kind: ProgramLeakKind, amount: ProgramLeakAmount)] {
    var sums: [ProgramLeakKind: ProgramLeakAmount] = [:]
    for group in groups { sums[group.kind, default: ProgramLeakAmount()].add(group.amount) }
    return ProgramLeakKind.allCases.compactMap { kind in sums[kind].map { (kind, $0) } }
  }

  /// The groups that are leaks.
  package var leaks: [ProgramLeakGroup] { groups.filter(\.kind.isLeak) }

  /// The processes of which no answer is known: their report was cut, or they weren't checked.
  ///
  /// Where lines of several were mixed, which record is whose isn't known.
  package var unanswered: [ProgramLeakProcess] {
    let isMixed = processes.contains(where: \.hasMixed)
    return processes.filter { !$0.isAnswered && !(isMixed && $0.tool == .sanitizer) }
  }

  /// The groups that suppressions left out have no part in anything.
  mutating func suppress(_ rules: [Suppression]) {
    suppressions = rules
    guard !rules.isEmpty else { return }
    groups = groups.filter { group in
      guard let index = suppressions.firstIndex(where: { $0.fits(group) }) else { return true }
      suppressions[index].use(group)
      return false
    }
  }

  /// Compares with an earlier report, by fingerprint: addresses mean nothing in another run.
  mutating func compare(with earlier: ProgramLeakReport) {
    let (before, now) = (earlier.blocksByFingerprint, blocksByFingerprint)
    let comparison = LeakComparison(boot: .different, before: before, now: now, still: nil)
    self.comparison = comparison
    var new = Dictionary(
      comparison.lines.map { ($0.fingerprint, $0.new) }, uniquingKeysWith: { first, _ in first })
    for index in groups.indices where groups[index].kind.isLeak {
      let key = groups[index].comparisonKey
      let mine = min(new[key] ?? 0, groups[index].weight)
      new[key] = (new[key] ?? 0) - mine
      var news = BaselineDelta()
      (news.new, news.still) = (mine, groups[index].weight - mine)
      groups[index].news = news
    }
  }

  private var blocksByFingerprint: [String: Int64] {
    var counts: [String: Int64] = [:]
    for group in leaks {
      counts[group.comparisonKey] = (counts[group.comparisonKey] ?? 0).plus(group.weight)
    }
    return counts
  }
}

extension ProgramLeakGroup {
  /// What tells the leak in another run: where no frame is known, its kind does.
  var comparisonKey: String { frames.isEmpty ? "? (\(kind.rawValue))" : fingerprint }

  /// Its blocks; where the tool doesn't count them, one.
  var weight: Int64 { max(amount.blocks, amount.bytes > 0 ? 1 : 0) }
}

/// What a report of programs' leaks comes to.
package enum ProgramLeakJudgement: String, Sendable {
  /// Memory leaks.
  case leaks
  /// All leaks are in the baseline.
  case nothingNew = "no new leak"
  /// Nothing leaks by the report; memory may still be reachable.
  case none = "no leak"
  /// The text has no leak report, or it was cut.
  case undecided = "not enough data"
}

extension ProgramLeakReport {
  /// What the report comes to.
  package var judgement: ProgramLeakJudgement {
    let isNew = comparison.map { $0.new > 0 } ?? leaks.contains { $0.weight > 0 }
    if isNew { return .leaks }
    guard !processes.isEmpty, unanswered.isEmpty, failures.isEmpty, !isBroken else {
      return .undecided
    }
    return leaks.isEmpty ? .none : .nothingNew
  }

  /// Whether a part of the text couldn't be read.
  package var isBroken: Bool { !remarks.isEmpty }
}
