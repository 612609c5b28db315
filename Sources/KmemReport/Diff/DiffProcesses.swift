import KmemAnalysis

/// The programs behind the growth, as parts of sentences.
struct DiffProcesses {
  let report: DiffReport

  /// `fdleak (pid 812) opened 100 000 files`; nil if no program stands out.
  ///
  /// Where the kernel's own count of open files is known, a program is named that opened a tenth of
  /// what became more. Epoll instances, pipes and eventfds are files too.
  var openFiles: String? {
    let counted = report.growth.counts.first { $0.things == .openFiles }?.count.growth
    let opened = counted ?? report.openFiles.elements.sum(\.gained)
    guard opened >= 100 else { return nil }
    let programs = report.openFiles.elements.filter { $0.gained > opened / 10 }.prefix(2)
    guard !programs.isEmpty else { return nil }
    return GapWords.list(
      programs.map { program in
        // Descriptors may share an open file, so that there can be more of them than files.
        let count = Amount.count(min(program.gained, opened))
        return "\(Self.name(program)) opened \(program.isEstimate ? "about " : "")\(count) files"
      })
  }

  private static func name(_ program: OpenFileGain) -> String {
    let name = TerminalText.safe(program.name)
    return program.processes == 1
      ? "\(name) (pid \(program.pid))"
      : "\(program.processes) processes \(name) (most by pid \(program.pid))"
  }

  /// `most of it java (pid 812), +1.2 GiB`; nil if no process, command or control group gained a third
  /// of the growth.
  func mostGrown(of bytes: Int64) -> String? {
    let part = { (own: Int64) in own > bytes / 2 ? "most of it" : "the largest part" }
    if let first = report.processes.elements.first, let own = first.gained, own > bytes / 3 {
      return "\(part(own)) \(name(first)), \(Amount.signed(own))"
    }
    if let (command, own, count) = command, own > bytes / 3 {
      return "\(part(own)) \(count) processes \(TerminalText.safe(command)), \(Amount.signed(own))"
    }
    guard let group = report.cgroups.first, group.anonymous > bytes / 3 else { return nil }
    return "\(part(group.anonymous)) in cgroup \(TerminalText.safe(group.path)), "
      + Amount.signed(group.anonymous)
  }

  /// `java (pid 812) grew by 84.0 MiB`: a process that grew by so much while others gave back as
  /// much; nil if none did.
  func grown(by least: Int64) -> String? {
    guard let first = report.processes.elements.first, !first.isNew, let own = first.gained,
      own >= least
    else { return nil }
    return "\(name(first)) grew by \(Amount.short(own)), while other programs gave memory back"
  }

  /// The command whose processes gained most together, of those that have several.
  private var command: (name: String, gained: Int64, count: Int)? {
    Dictionary(grouping: report.processes.elements.filter { ($0.gained ?? 0) > 0 }) {
      $0.process.name
    }
    .filter { $0.value.count > 1 }
    .map { ($0.key, $0.value.sum { $0.gained ?? 0 }, $0.value.count) }
    .max { ($0.1, $1.0) < ($1.1, $0.0) }
  }

  private func name(_ change: ProcessGrowth.Change) -> String {
    "\(TerminalText.safe(change.process.name)) (pid \(change.process.pid)"
      + "\(change.isNew ? ", started since" : ""))"
  }
}

extension DiffText {
  /// Writes the processes that gained most, and the programs that opened files.
  mutating func writeProcesses() {
    guard case .listed(let changes) = report.processes else { return }
    let threshold: Int64 = isVerbose ? 1 : 1 << 20
    let grown = changes.filter { ($0.gained ?? 0) >= threshold }
    guard !grown.isEmpty else { return }
    page.heading("Processes", note: "growth of USS: what goes when the process ends")
    page.figure(
      BarFigure.growth(
        "Growth by process",
        changes.compactMap { change in
          change.gained.map { (ProcessFormat.name(change.process), $0) }
        }))
    var table = Table([.number(""), .text(""), .number(""), .prose("")])
    for change in grown.prefix(isVerbose ? 100 : 5) {
      table.add(
        Table.Cell(Amount.signed(change.gained ?? 0)),
        Table.Cell(ProcessFormat.name(change.process)),
        Table.Cell(change.isNew ? "new" : "now " + now(change.process), .faint),
        Table.Cell(
          // A Java command line may have thousands of characters.
          TerminalText.fitted(
            ProcessFormat.command(change.process, isWhole: isVerbose), isVerbose ? 4096 : 160,
            atEnd: true), .faint))
    }
    page.add(table)
  }

  private func now(_ process: ProcessMemory) -> String {
    ProcessFormat.amount(ProcessSums([process]).uss)
  }
}
