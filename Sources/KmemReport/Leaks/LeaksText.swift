package import KmemAnalysis
import KmemSnapshot

/// A kmemleak report as text: the groups, what couldn't be read, and the verdict last.
package struct LeaksText: TextReport {
  private let report: LeakReport
  private let isVerbose: Bool
  private let offersSuppressions: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `offersSuppressions` adds rules for the groups, to be copied.
  package init(
    _ report: LeakReport, style: Style, isVerbose: Bool, offersSuppressions: Bool = false
  ) {
    self.report = report
    self.isVerbose = isVerbose
    self.offersSuppressions = offersSuppressions
    page = TextPage(style)
  }

  /// Writes the groups, the comparison with a baseline, and the verdict.
  package mutating func write() {
    page.moment(report.moment)
    writeGroups()
    writeComparison()
    writeGrounds()
    page.verdict(LeaksVerdict(report).sentence, tone)
    writeOffers()
  }

  mutating func writeGroups() {
    page.figure(FoldedStacks(report.groups).figure("Bytes by stack, the outermost function above"))
    page.figure(
      BarFigure.ranked(
        "Bytes by group",
        report.groups.prefix(12).enumerated().map { index, group in
          ("\(index + 1). \(LeakFormat(group, in: report).culprit)", group.bytes)
        }))
    for (index, group) in shown.enumerated() {
      page.blank()
      writeGroup(group, number: index + 1)
    }
    writeRest()
  }

  /// Writes what suppressions left out, what couldn't be read, and whether the scans count.
  mutating func writeGrounds() {
    page.add(report.suppressions, of: "objects", isVerbose: isVerbose)
    writeText()
    writeScan()
  }

  /// Writes suppressions to copy, where the user wants them.
  mutating func writeOffers() {
    guard offersSuppressions else { return }
    page.blank()
    for group in report.groups {
      let lines = group.suppression ?? "# no suppression: the frame that allocated is unknown\n"
      for line in lines.split(separator: "\n") { page.line(String(line)) }
    }
  }

  private var tone: Style.Tone {
    switch report.judgement {
    case .listed, .confirmed, .suspected: .bad
    case .grewUnseen, .undecided: .warning
    case .noneListed, .nothingNew: .none
    case .nothingFound: .good
    }
  }

  private var shown: ArraySlice<LeakGroup> { report.groups.prefix(isVerbose ? .max : 20) }

  private mutating func writeRest() {
    let rest = report.groups.dropFirst(shown.count)
    guard !rest.isEmpty else { return }
    page.blank()
    page.sentence(
      "+ \(rest.count) groups more with \(LeakFormat.objects(rest.sum(\.objects))), "
        + "\(Amount.short(rest.sum(\.bytes))) (-v shows all)", .faint)
  }

  /// Writes five lines of a group; all frames with `-v`.
  private mutating func writeGroup(_ group: LeakGroup, number: Int) {
    let words = LeakFormat(group, in: report)
    page.sentence("\(number). \(words.amount): \(words.culprit)", .heading, indent: 0, hanging: 3)
    page.sentence(words.source.map { "at \($0) · \(words.kind)" } ?? words.kind, indent: 3)
    page.sentence("\(words.tasks), \(words.age)", indent: 3)
    for kin in words.kin { page.sentence(kin, indent: 3) }
    if let counted = group.counted { page.sentence(counted.sentence, indent: 3) }
    if let evidence = group.evidence { page.sentence(evidence, indent: 3) }
    guard isVerbose else { return page.sentence(words.path(page.style.width), .faint, indent: 3) }
    writeFrames(group.frames, words)
    for other in group.otherStacks {
      page.sentence("also by", .faint, indent: 3)
      writeFrames(other, words)
    }
    page.sentence("fingerprint: \(group.fingerprint)", .faint, indent: 3)
    for note in words.notes { page.sentence(note, .faint, indent: 3) }
    if let example = group.examples.first {
      page.sentence(
        "for instance the object at \(LeakFormat.address(example.address)), line \(example.line)",
        .faint, indent: 3)
    }
  }

  private mutating func writeFrames(_ frames: [LeakFrame], _ words: LeakFormat) {
    if frames.isEmpty { page.sentence(words.noStack, .faint, indent: 5) }
    for line in frames.flatMap(LeakFormat.frameLines) { page.sentence(line, indent: 5) }
  }
}

extension LeaksText {
  private mutating func writeComparison() {
    guard let comparison = report.comparison else { return }
    page.heading("Against the baseline")
    switch comparison.boot {
    case .same: break
    case .unknown:
      page.sentence(
        "whether both are of one boot isn't known; objects count as the same by address and time",
        .warning)
    case .different:
      page.sentence(
        "the baseline is of another boot or another machine: counts are compared, not objects",
        .warning)
    }
    page.add(comparison, isVerbose: isVerbose)
  }

  private mutating func writeScan() {
    guard let scan = report.scan else { return }
    page.heading("What it rests on")
    for sentence in ScanWords(scan).sentences { page.sentence(sentence) }
    for doubt in scan.doubts { page.sentence(doubt.words, .warning) }
  }

  /// Writes what of the text couldn't be read, and what it repeats.
  private mutating func writeText() {
    let sentences = LeaksVerdict(report).remarks
    let faults = report.text.faults
    let shown = isVerbose ? faults : Array(faults.prefix(3))
    guard !sentences.isEmpty || !shown.isEmpty || !report.moment.remarks.isEmpty else { return }
    page.heading("The text")
    for sentence in sentences { page.sentence(sentence) }
    for fault in shown { page.sentence(fault.sentence, .warning) }
    if shown.count < faults.count {
      page.sentence(
        "+ \(faults.count - shown.count) faults more (-v shows them)", .faint)
    }
    page.remarks(report.moment.remarks.map(\.sentence), isVerbose: isVerbose)
  }
}
