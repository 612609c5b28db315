extension MemoryReportReader {
  /// A report of the OOM killer that isn't over.
  struct Interrupted {
    var report: MemoryReport
    var table: TaskTableReader
  }

  /// Leaves the report at hand for one that begins.
  ///
  /// The OOM killer prints one report after the other, under a lock. But a request that fails on another
  /// processor is reported in between, and the kill and the tasks follow behind it.
  mutating func leave(for trigger: MemoryReport.Trigger?) {
    guard let report = current else { return }
    let lacksCounters =
      report.trigger != nil && report.trigger != .madeRoom && !report.memory.isPrinted
      && report.kills.isEmpty
    let isNear = number - report.line < 400
    if trigger == .allocationFailure, report.trigger == .outOfMemory, report.kills.isEmpty,
      interrupted == nil
    {
      interrupted = Interrupted(report: report, table: table)
      current = nil
      table = TaskTableReader()
    } else if trigger == .allocationFailure, interrupted != nil {
      closeCurrent()
    } else {
      let known = owed
      close()
      owed = known
    }
    owed = lacksCounters && isNear ? owed + 1 : 0
  }

  /// Goes on with the report that was interrupted, where a line can only be its.
  mutating func resume() {
    guard let interrupted, current == nil || current?.trigger == .allocationFailure else { return }
    closeCurrent()
    current = interrupted.report
    table = interrupted.table
    self.interrupted = nil
  }

  /// Goes on with the OOM killer's report, for a line that only it prints: the one interrupted, or else a
  /// new one.
  mutating func goOnWithKiller() {
    resume()
    let others: [MemoryReport.Trigger?] = [.allocationFailure, .askedToShow, .madeRoom]
    if current == nil || others.contains(current?.trigger) { begin(.outOfMemory) }
    if current?.trigger == nil { current?.trigger = .outOfMemory }
  }
}
