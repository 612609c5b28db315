package import KmemAnalysis

/// The last line of a watch: whose memory grows, what makes it grow, how fast, how sure that is.
package struct WatchVerdict {
  private let report: WatchReport
  private let isLive: Bool

  /// Prepares the sentence; `isLive` says that sampling goes on.
  package init(_ report: WatchReport, isLive: Bool = false) {
    self.report = report
    self.isLive = isLive
  }

  /// The verdict with its grounds.
  package var sentence: String {
    let interrupted = report.facts.isInterrupted ? "interrupted; up to then " : ""
    let start = isLive ? "So far: " : "Verdict: "
    return start + interrupted + "\(report.conclusion.rawValue). \(grounds)"
  }

  private var grounds: String {
    switch report.conclusion {
    case .growing, .userSpace, .heldForUserSpace: return found
    case .cache:
      return "Only cache grows, which is given back when memory runs short; nothing else did in"
        + " \(time)."
    case .stable: return stable
    case .notEnough: return open
    }
  }

  private var time: String {
    "\(Amount.duration(report.seconds)) (\(WatchFormat.samples(report.samples)), \(report.series) amounts)"
  }

  private var found: String {
    guard let row = report.culprit ?? report.sides.first(where: \.isGrowing) ?? report.inUse else {
      return ""
    }
    var text = Self.capitalized(
      "\(WatchFormat.grows(row)) by \(WatchFormat.hourly(row, row.rate))", about: row)
    let interval = WatchFormat.interval(row).map { "\($0), " } ?? ""
    if row.verdict.low != nil, !row.isOpen { text += " (\(interval)95 % sure)" }
    text += ", \(WatchFormat.side(row))"
    if let place = report.place { text += ", \(place.id.location)" }
    text += owner(row)
    text +=
      "; seen in \(Amount.duration(row.verdict.seconds)), \(samples(of: row))\(since(row))."
    if let kinds { text += " \(kinds)" }
    if let explanation = row.explanation { text += " \(explanation.sentence)" }
    if let left = report.inUse?.verdict.exhaustion {
      text += " What is available lasts \(Amount.duration(left)) as all memory in use grows."
    }
    text += sure(row) + beside + youth + ended
    return text + " Growth alone doesn't tell a leak from more work."
  }

  /// How many samples the row has; processes are read less often than memory, so that theirs are fewer.
  private func samples(of row: WatchRow) -> String {
    let samples = row.verdict.sampleWords(row.verdict.samples)
    let isFewer = row.id.isOfProcesses && row.verdict.samples < report.samples
    return isFewer ? "\(samples) of processes" : samples
  }

  /// When what was recorded began to grow at the latest: nobody saw what was before.
  private func since(_ row: WatchRow) -> String {
    guard report.facts.origin != nil, row.isGrowing, let end = report.facts.lastWall else {
      return ""
    }
    return ", since \(Dates.words(end - row.verdict.judgedSeconds)) at the latest"
  }

  /// What most of the descriptors are that grow.
  private var kinds: String? {
    guard let culprit = report.culprit, culprit.id.kind == .processFiles,
      let process = culprit.id.process,
      let most = report.facts.descriptors[process.pid]?.most
    else { return nil }
    return "Most of them are \(most.words)."
  }

  /// Who else grows for itself: two by name.
  private var beside: String {
    let others = report.beside
    guard !others.isEmpty else { return "" }
    let names = others.prefix(2).map {
      "\($0.id.title) by \(WatchFormat.hourly($0, $0.rate))"
    }
    let more = others.count > 2 ? ", and \(others.count - 2) more" : ""
    return " Beside it grow\(others.count == 1 ? "s" : "") \(names.joined(separator: ", "))\(more)."
  }

  /// What surely grows, where the row that is named isn't sure by itself.
  private func sure(_ row: WatchRow) -> String {
    guard row.isOpen else { return "" }
    let sums =
      row.unit == .bytes
      ? [report.inUse].compactMap(\.self) : report.growing.filter { !$0.unit.isBytes }
    return sums.first(where: \.isGrowing).map {
      " \(Self.capitalized(WatchFormat.grows($0), about: $0)) by \(WatchFormat.hourly($0, $0.rate)),"
        + " 95 % sure, and nothing else moves as fast."
    } ?? ""
  }

  private var youth: String {
    report.youth.map {
      " The program began \(Amount.duration($0)) ago: one that ends soon gives it back."
    } ?? ""
  }

  /// What became of the processes that the user asked about.
  private var ended: String {
    report.ended.map { ended in
      let gained = ended.gained.map(\.words)
      let what = gained.isEmpty ? "nothing" : gained.joined(separator: ", ")
      return " Process \(TerminalText.safe(ended.process.title)) has ended, after"
        + " \(Amount.duration(ended.seconds)) and \(WatchFormat.samples(ended.samples)): it had gained \(what)."
    }.joined()
  }

  private func owner(_ row: WatchRow) -> String {
    let owners = row.owners.isEmpty ? report.place?.owners ?? [] : row.owners
    guard row.id.kind != .allocationSite, let best = OwnerFormat.best(owners) else { return "" }
    return ", allocated by \(best)"
  }

  /// The sentence with a capital letter, unless it begins with the path of a source file.
  private static func capitalized(_ sentence: String, about row: WatchRow) -> String {
    guard row.id.kind != .allocationSite else { return sentence }
    return sentence.prefix(1).uppercased() + sentence.dropFirst()
  }

  private var stable: String {
    if !report.watched.isEmpty { return own }
    guard report.hidden * 3600 > TrendUnit.bytes.least else {
      return
        "Nothing but cache grows by \(TrendUnit.bytes.words(TrendUnit.bytes.least)) an hour or more,"
        + " in \(time)."
    }
    return
      "Nothing but cache is seen to grow, in \(time). A growth of less than \(hidden) could hide."
  }

  /// The answer to a question about some processes.
  private var own: String {
    let names = report.watched.map { TerminalText.safe($0.title) }
    return
      "\(names.count == 1 ? "Process" : "Processes") \(names.joined(separator: ", ")) \(names.count == 1 ? "isn't" : "aren't")"
      + " seen to grow, in \(time). A growth of less than \(hidden) could hide." + elsewhere
  }

  /// What belongs to no process and grows beside those that the user asked about.
  private var elsewhere: String {
    let rows = report.elsewhere
    guard !rows.isEmpty else { return "" }
    let names = rows.map { "\($0.id.title) by \(WatchFormat.hourly($0, $0.rate))" }
    return " But memory that belongs to no process grows, which it may be the cause of:"
      + " \(names.joined(separator: ", ")). kmemcheck watch without --pid tells more."
  }

  private var hidden: String { "\(Amount.short(Int64(min(1e15, report.hidden * 3600)))) an hour" }

  private var open: String {
    if report.isOver {
      return String(ended.dropFirst()) + " Too little was seen of it to tell more."
    }
    if report.mayMakeMore { return own }
    if report.samples < TrendJudge.fewest {
      let samples = WatchFormat.samples(report.samples)
      return "\(samples) can't decide it; it takes \(TrendJudge.fewest)\(more)."
    }
    guard let row = report.openRow else {
      if report.hidesTooMuch {
        return
          "Nothing is seen to grow in \(time), but up to \(hidden) could hide, which would use up"
          + " what is available within a day\(more)."
      }
      return "The samples allow no verdict\(more)."
    }
    return Self.capitalized(
      "\(row.id.title) may be growing by \(WatchFormat.hourly(row, row.rate)), which \(time) don't"
        + " make sure\(more).", about: row) + ended
  }

  private var more: String {
    report.secondsNeeded.map { "; \(Amount.duration($0)) more would probably decide" } ?? ""
  }
}

extension EndedProcess.Gain {
  /// The amount with what it is of: `12.0 MiB of memory`, `320 open files`.
  fileprivate var words: String {
    facet == .memory || facet == .shared || facet == .space
      ? "\(Amount.signed(amount)) of \(facet.title)"
      : "\(Amount.signedCount(amount)) \(facet.title)"
  }
}

extension DescriptorKinds.Kind {
  /// Such descriptors, in the plural.
  var words: String {
    switch self {
    case .pipe: "pipes"
    case .socket: "sockets"
    case .file: "files"
    case .memory: "files in memory (memfd)"
    case .device: "devices"
    case .anonymous(let name): TerminalText.safe("of the kind \(name)")
    }
  }
}
