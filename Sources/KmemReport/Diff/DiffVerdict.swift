import KmemAnalysis

/// The verdict on two moments in a few sentences: every kind that grew, the worrying first.
struct DiffVerdict {
  let report: DiffReport

  init(_ report: DiffReport) { self.report = report }

  private var verdict: GrowthVerdict { report.growth.verdict }
  private var words: SideWords { SideWords(report) }

  var sentence: String {
    let notes = report.growth.notes.map { " \($0.sentence)" }.joined()
    let listed = verdict.isComparable ? report.listedSentence.map { " \($0)" } ?? "" : ""
    return "Verdict: \(verdict.conclusion.rawValue). \(reason)\(listed)\(notes)"
  }

  private var reason: String {
    guard verdict.isComparable else { return incomparable }
    switch verdict.conclusion {
    case .notEnough: return undecided
    case .stable:
      return "Neither the kernel's memory nor anybody else's grew in sum by more than the noise of "
        + "\(Amount.short(verdict.floor))\(words.span).\(offset)"
    case .growing, .userSpace, .heldForUserSpace, .cache: return grown
    }
  }

  private var incomparable: String {
    if report.growth.isReversed {
      return "The first snapshot is the later one: give the earlier one first."
    }
    return report.growth.kind == .levels
      ? "Growth is known within one boot only: compare two snapshots of the same boot."
      : "Growth is known on one machine only: compare two snapshots of the same host."
  }

  private var grown: String {
    let isSuspect = verdict.conclusion == .growing
    let sides = verdict.grown
    let leads = isSuspect ? sides.prefix { $0.isSuspect } : sides.prefix(1)
    let besides = sides.dropFirst(leads.count).map(words.beside)
    let sentences = [
      leads.map { words.lead($0) }.joined(separator: " "),
      besides.isEmpty ? nil : "Besides, \(besides.joined(separator: "; ")).",
      words.openFiles.map { "\($0)." },
      GapWords.sentence(verdict.gaps).map { "\($0)." },
      isSuspect ? "Two snapshots show growth, never a leak: does it go on?" : nil,
    ]
    return sentences.compactMap { $0 }.joined(separator: " ") + offset
  }

  /// A process that grew although programs in sum did not.
  private var offset: String {
    guard !verdict.grown.contains(.userSpace) else { return "" }
    return words.programs.grown(by: verdict.floor * 4).map { " But \($0)." } ?? ""
  }

  private var undecided: String {
    if verdict.mayBeFreeLists {
      return
        "\(Amount.short(verdict.sides[.unaccounted])) went to no class\(words.span): free pages "
        + "that processors keep at hand may be as much, and without zoneinfo they aren't known."
    }
    let gap = GapWords.sentence(verdict.gaps) ?? "Not all memory can be compared"
    let rest = remainder
    return "\(gap)." + (rest.isEmpty ? "" : " Of what can, \(rest).") + offset
  }

  /// By how much free memory fell beyond what the classes grew by that are known.
  private var unexplainedFall: Int64 {
    report.growth.classes.reduce(Int64(0)) { sum, change in
      guard let growth = change.bytes.growth else { return sum }
      return change.memoryClass == .free ? sum.minus(growth) : sum.minus(max(0, growth))
    }
  }

  /// What is known beside the gaps.
  private var remainder: String {
    if let cache = verdict.grown.first { return words.beside(cache) }
    let lines = words.grownLines
    if !lines.isEmpty { return GapWords.list(lines) }
    if unexplainedFall > verdict.floor {
      return
        "free memory fell by \(Amount.short(unexplainedFall)) more than these classes grew: what took it "
        + "isn't in these files"
    }
    let isKnown =
      report.growth.classes.contains { $0.bytes.growth != nil }
      || report.growth.caches.missing == nil
    return isKnown ? "nothing grew by more than the noise of \(Amount.short(verdict.floor))" : ""
  }
}
