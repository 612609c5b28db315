import KmemAnalysis
import KmemSnapshot

extension DiffText {
  /// Writes which code asked for the growth: one line for each owner, the chain of evidence with
  /// `-v`.
  mutating func writeOwners() {
    let shown = isVerbose ? worthNaming[...] : worthNaming.prefix(6)
    guard isGrowth, !shown.isEmpty else { return }
    page.heading("Owners", note: "who asked for what grew, and how that is known")
    page.add(OwnerTable(shown, isVerbose: isVerbose).table)
    writeUnaccounted(shown)
    writeNextStep(shown)
  }

  /// Growth that has an owner, and growth that should have one: kernel memory that nothing
  /// explains.
  private var worthNaming: [Attribution] {
    let least = isVerbose ? 0 : max(64 << 10, growth.verdict.floor / 8)
    let floor = isVerbose ? least : growth.verdict.floor
    return report.attributions.filter {
      $0.candidates.isEmpty ? $0.growth >= floor && !isExplained($0) : $0.growth >= least
    }
  }

  /// Whether the cache's name tells that it shrinks by itself, or that programs make it grow.
  private func isExplained(_ attribution: Attribution) -> Bool {
    guard case .slabCache(let name) = attribution.subject,
      let cache = growth.caches.elements.first(where: { $0.name == name })
    else { return false }
    return !cache.side.isSuspect
  }

  /// Writes what is known of memory in no class: how much, since when, which modules were loaded
  /// meanwhile.
  private mutating func writeUnaccounted(_ shown: some Sequence<Attribution>) {
    guard
      let lost = shown.first(where: {
        $0.subject == .memoryClass(.unaccounted) && $0.candidates.isEmpty
      })
    else { return }
    let since = growth.before.host.wallTime.map { " since \(Dates.words($0))" } ?? ""
    page.sentence("\(Amount.short(lost.growth)) went to no class\(since)\(strangers).")
  }

  /// The modules from elsewhere that came meanwhile; without both lists of modules nothing is known.
  private var strangers: String {
    guard case .listed(let modules) = growth.modules else { return "" }
    let names = modules.filter { $0.kind != .unloaded && $0.isOutOfTree }.map(\.name)
    return names.isEmpty
      ? "; no out-of-tree module was loaded meanwhile"
      : "; out-of-tree modules loaded meanwhile: \(names.joined(separator: ", "))"
  }

  /// Writes the cheapest step for the largest growth without a known owner.
  private mutating func writeNextStep(_ shown: some Sequence<Attribution>) {
    let unexplained = shown.first {
      $0.growth >= growth.verdict.floor && !isExplained($0) && $0.nextStep != nil
    }
    guard let first = unexplained, let step = first.nextStep else { return }
    page.sentence("To know more of \(OwnerFormat.subject(first.subject)): \(step.sentence)", .faint)
  }

  mutating func writeLedger(limit: Int) {
    let ledger = report.ledger
    guard isGrowth, !ledger.rows.isEmpty else { return }
    page.heading(
      "Holders", note: "growth by module, else by directory of source or as the kernel's")
    let table = HolderTable(ledger, isGrowth: true, limit: limit, width: page.style.width)
    page.add(table.table)
    if table.folded > 0 { page.sentence("+ \(table.folded) more (-v shows them)", .faint) }
  }
}

extension DiffText {
  /// By what growth is summed where the user wants one table.
  package enum Grouping: String, CaseIterable, Sendable {
    case cache, module, function, line, directory
  }

  /// Writes the one table that the user wants.
  mutating func writeGroups(_ grouping: Grouping) {
    switch grouping {
    case .cache:
      writeOwners()
      writeCaches()
    case .module: writeLedger(limit: isVerbose ? .max : 20)
    case .function: writeSums("Functions") { $0.function }
    case .line:
      writeSums("Lines of source") { owner in
        owner.line.flatMap { line in owner.file.map { "\($0):\(line)" } }
      }
    case .directory: writeSums("Directories") { $0.directory }
    }
  }

  private mutating func writeSums(_ title: String, _ key: (Owner) -> String?) {
    let sums = GrowthSums(report, by: key)
    page.heading(title, note: sums.source.words)
    guard !sums.rows.isEmpty else {
      let reason = sums.missing?.words ?? "without growth"
      return page.sentence(
        "unknown: allocinfo is \(reason), and no other source names them", .warning)
    }
    var table = Table([.number(""), .text("", shrinks: true), .text("")])
    for row in sums.rows.prefix(isVerbose ? .max : 20) {
      table.add(
        Table.Cell(Amount.signed(row.bytes)), Table.Cell(row.name),
        Table.Cell(row.modules.map { "[\($0)]" }.joined(separator: " "), .faint))
    }
    page.add(table)
  }
}

extension GrowthSums.Source {
  var words: String {
    switch self {
    case .allocinfo: "allocinfo, exact"
    case .owners: "what the kernel counted for an owner"
    }
  }
}
