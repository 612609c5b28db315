import KmemAnalysis

/// The programs behind the growth, as parts of sentences.
struct DiffProcesses {
  let growth: Growth

  /// `Open files grew by 100 003, of them 100 000 by fdleak (pid 812).`; nil if no program stands
  /// out.
  var openFiles: String? {
    let gained = growth.counts.first { $0.things == .openFiles }?.count.growth ?? 0
    guard gained >= 100 else { return nil }
    let holders = growth.openFiles.elements.filter { $0.gained > gained / 10 }.prefix(2)
    guard !holders.isEmpty else { return nil }
    let named = holders.map { holder in
      // Descriptors may share an open file, so that there can be more of them than files.
      let count = Amount.count(min(holder.gained, gained))
      return "\(holder.isEstimate ? "about " : "")\(count) by \(Self.name(holder))"
    }
    return
      "Open files grew by \(Amount.count(gained)), of them \(named.joined(separator: " and "))."
  }

  private static func name(_ holder: OpenFileGain) -> String {
    let name = Display.safe(holder.name)
    return holder.processes == 1
      ? "\(name) (pid \(holder.pid))"
      : "\(holder.processes) processes \(name) (most by pid \(holder.pid))"
  }

  /// `Most of it is of java (pid 812), +1.2 GiB.`; nil if no process gained a third of the growth.
  func grower(of bytes: Int64) -> String? {
    guard let first = growth.processes.elements.first, let gained = first.gained,
      gained > bytes / 3
    else { return nil }
    let started = first.isNew ? ", started since" : ""
    return "Most of it is of \(Display.safe(first.process.name)) (pid \(first.process.pid)"
      + "\(started)), \(Amount.signed(gained))."
  }
}

extension DiffText {
  /// Writes the processes that gained most, and the programs that opened files.
  mutating func writeProcesses() {
    guard case .listed(let changes) = growth.processes else { return }
    let threshold: Int64 = isVerbose ? 1 : 1 << 20
    let gainers = changes.filter { ($0.gained ?? 0) >= threshold }
    guard !gainers.isEmpty else { return }
    page.heading("Processes", note: "growth of USS: what goes when the process ends")
    var table = Table([.number(""), .text(""), .number(""), .prose("")])
    for change in gainers.prefix(isVerbose ? 100 : 5) {
      table.add(
        Table.Cell(Amount.signed(change.gained ?? 0)),
        Table.Cell(ProcessWords.name(change.process)),
        Table.Cell(change.isNew ? "new" : "now " + now(change.process), .faint),
        Table.Cell(ProcessWords.command(change.process, isWhole: isVerbose), .faint))
    }
    page.add(table)
  }

  private func now(_ process: ProcessMemory) -> String {
    ProcessWords.amount(ProcessSums([process]).uss)
  }
}
