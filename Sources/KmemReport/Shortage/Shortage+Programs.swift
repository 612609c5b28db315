import KmemAnalysis
import KmemParsers

/// What a report tells of single programs.
extension Shortage {
  /// What the programs of the table held, the largest first: `java 5.9 GiB, mysqld 1.1 GiB`.
  func programWords(limit: Int = 2) -> String? {
    let most = report.tasks.programs.first?.rss ?? 0
    // A table that is cut may lack the one that was killed.
    if let (kill, held) = largestKill, held / 3 * 2 > bytes(most) {
      return "\(kill.name) \(Amount.short(held))"
    }
    let programs = report.tasks.programs.prefix(limit).compactMap { program -> String? in
      // Who has less than a tenth of the first explains nothing.
      guard program.rss >= most / 10 else { return nil }
      let held = bytes(program.rss)
      guard held > 0, held < .max else { return nil }
      let count = program.count > 1 ? " (\(program.count) processes)" : ""
      return "\(program.name)\(count) \(Amount.short(held))"
    }
    return programs.isEmpty ? nil : programs.joined(separator: ", ")
  }

  /// Who held most of those that were killed: one after the other, so that they aren't summed.
  private var largestKill: (KilledProcess, Int64)? {
    report.kills.compactMap { kill in kill.bytes.map { (kill, $0) } }
      .reduce(nil) { first, next in (first?.1 ?? -1) >= next.1 ? first : next }
  }

  /// The largest program, and whether others may be missing: the log ends in the table of tasks, and
  /// those listed have less than half of what is used, or nothing tells that.
  func largestWords(of used: Int64?) -> String? {
    guard let programs = programWords(limit: 1) else { return nil }
    guard report.tasks.isCut, bytes(report.tasks.rss) < (used ?? .max) / 2 else {
      return "largest program \(programs)"
    }
    let count = report.tasks.count
    return "the log ends in the list of tasks, so others may hold more: largest of the \(count) "
      + "listed is \(programs)"
  }

  /// Whether the tasks of the table, and the one that was killed, have less than a tenth of memory: then
  /// they don't explain it.
  var hasSmallTasks: Bool {
    guard let total else { return false }
    return max(bytes(report.tasks.rss), largestKill?.1 ?? 0) < total / 10
  }

  /// Whether the tasks of the table, or the one that was killed, have a quarter of what was held: rows
  /// may be missing.
  func tasksExplain(_ holder: Holder) -> Bool {
    max(bytes(report.tasks.rss), largestKill?.1 ?? 0) >= holder.bytes / 4
  }

  private func bytes(_ pages: UInt64) -> Int64 {
    let product = Int64(clamping: pages).multipliedReportingOverflow(by: Int64(report.pageSize))
    return product.overflow ? .max : product.partialValue
  }
}
