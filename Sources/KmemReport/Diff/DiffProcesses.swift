import KmemAnalysis

/// The programs behind the growth, as parts of sentences.
struct DiffProcesses {
  let growth: Growth

  /// `Open files grew by 100 003, of them 100 000 by fdleak (pid 812).`; nil if no program stands
  /// out.
  var openFiles: String? {
    let opened = growth.counts.first { $0.things == .openFiles }?.count.growth ?? 0
    guard opened >= 100 else { return nil }
    let programs = growth.openFiles.elements.filter { $0.gained > opened / 10 }.prefix(2)
    guard !programs.isEmpty else { return nil }
    let named = programs.map { program in
      // Descriptors may share an open file, so that there can be more of them than files.
      let count = Amount.count(min(program.gained, opened))
      return "\(program.isEstimate ? "about " : "")\(count) by \(Self.name(program))"
    }
    return
      "Open files grew by \(Amount.count(opened)), of them \(named.joined(separator: " and "))."
  }

  private static func name(_ program: OpenFileGain) -> String {
    let name = TerminalText.safe(program.name)
    return program.processes == 1
      ? "\(name) (pid \(program.pid))"
      : "\(program.processes) processes \(name) (most by pid \(program.pid))"
  }

  /// `Most of it is of java (pid 812), +1.2 GiB.`; nil if no process gained a third of the growth.
  func mostGrown(of bytes: Int64) -> String? {
    guard let first = growth.processes.elements.first, let own = first.gained, own > bytes / 3
    else { return nil }
    let started = first.isNew ? ", started since" : ""
    return "Most of it is of \(TerminalText.safe(first.process.name)) (pid \(first.process.pid)"
      + "\(started)), \(Amount.signed(own))."
  }
}

extension DiffText {
  /// Writes the processes that gained most, and the programs that opened files.
  mutating func writeProcesses() {
    guard case .listed(let changes) = growth.processes else { return }
    let threshold: Int64 = isVerbose ? 1 : 1 << 20
    let grown = changes.filter { ($0.gained ?? 0) >= threshold }
    guard !grown.isEmpty else { return }
    page.heading("Processes", note: "growth of USS: what goes when the process ends")
    var table = Table([.number(""), .text(""), .number(""), .prose("")])
    for change in grown.prefix(isVerbose ? 100 : 5) {
      table.add(
        Table.Cell(Amount.signed(change.gained ?? 0)),
        Table.Cell(ProcessFormat.name(change.process)),
        Table.Cell(change.isNew ? "new" : "now " + now(change.process), .faint),
        Table.Cell(ProcessFormat.command(change.process, isWhole: isVerbose), .faint))
    }
    page.add(table)
  }

  private func now(_ process: ProcessMemory) -> String {
    ProcessFormat.amount(ProcessSums([process]).uss)
  }
}
