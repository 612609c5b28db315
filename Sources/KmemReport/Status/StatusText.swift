package import KmemAnalysis

/// What a kernel can tell about its memory, as text: kmemleak first, then every other source.
package struct StatusText: TextReport {
  let status: KernelStatus
  let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `isVerbose` shows all evidence and every remedy.
  package init(_ status: KernelStatus, style: Style, isVerbose: Bool) {
    self.status = status
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes kmemleak's state, the abilities, what is missing, and the verdict as the last line.
  package mutating func write() {
    page.sentence("Linux \(status.release ?? "of unknown release")", .heading, indent: 0)
    writeKmemleak()
    writeAbilities()
    writeGaps()
    for remark in status.remarks { page.sentence(remark.words, .warning) }
    page.blank()
    page.sentence(
      "Verdict: \(StatusSentence(status).text)",
      status.kmemleak.state.isUsable ? .good : .warning, indent: 0)
  }

  private mutating func writeKmemleak() {
    let finding = status.kmemleak
    let certainty = finding.certainty == .certain ? "" : " (\(finding.certainty.rawValue))"
    page.heading("kmemleak", note: finding.state.words + certainty)
    for evidence in finding.evidence { page.sentence(evidence.words) }
    for remedy in finding.remedies { page.sentence("→ \(remedy.sentence)", .warning) }
  }

  private mutating func writeAbilities() {
    page.heading("What this kernel can tell")
    var table = Table([.text(""), .text(""), .wrapped("")])
    for ability in status.abilities {
      let detail = ability.detail?.words.map { " (\($0))" } ?? ""
      table.add(
        Table.Cell(ability.state.rawValue, Self.tone(ability.state)), Table.Cell(ability.name),
        Table.Cell(ability.gives + detail))
    }
    page.add(table)
    guard isVerbose else { return }
    page.heading("Evidence")
    for ability in status.abilities {
      for evidence in ability.evidence {
        page.sentence("\(ability.name): \(evidence.words)", .faint)
      }
    }
  }

  /// Writes what to do about each gap: the cheapest remedy, or all of them with `-v`.
  private mutating func writeGaps() {
    let gaps = status.abilities.filter { $0.state != .yes && !$0.gap.isEmpty && $0.id != .kmemleak }
    guard !gaps.isEmpty else { return }
    page.heading("To learn more", note: isVerbose ? "" : "the cheapest way; -v shows all")
    var seen: Set<Remedy> = []
    for gap in gaps {
      let remedies = isVerbose ? gap.gap[...] : gap.gap.prefix(1)
      for remedy in remedies where seen.insert(remedy).inserted {
        page.sentence("\(gap.name): \(remedy.sentence)")
      }
    }
  }

  private static func tone(_ state: Ability.State) -> Style.Tone {
    switch state {
    case .yes: .good
    case .no, .off, .denied: .warning
    case .unknown: .faint
    }
  }
}
