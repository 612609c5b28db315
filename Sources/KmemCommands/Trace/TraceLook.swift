import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// What grows of the kernel's own just now, by what `watch --record` kept or by a short look: where
/// everything can't be followed within the budget, that alone is traced.
struct TraceLook {
  let books: TraceBooksReader

  /// Seconds between two samples.
  private static let interval = 0.5
  /// Samples at most: as many as two judgements take, and some for a busy machine.
  private static let samples = TrendJudge.fewest + 9
  /// Seconds back that records of a watch are taken into account.
  private static let span = 3600.0
  /// Seconds that the last record may be old.
  private static let freshness = 300.0

  /// What to trace; nil where nothing of the kernel's own surely grows.
  func aim(_ signals: borrowing SignalMask) -> Remedy.TraceAim? { recorded ?? look(signals) }

  private var recorded: Remedy.TraceAim? {
    let now = BootClock.now
    guard let file = WatchHistory.readable(nil), let boot = books.first.snapshot.host.bootID,
      let start = Int64(exactly: ((now - Self.span) * 1e9).rounded()),
      let tables = try? file.tables(boot: boot, from: start),
      let last = tables.memory.times.last, Double(last) / 1e9 > now - Self.freshness
    else { return nil }
    return aim(tables)
  }

  /// Two judgements in a row have to agree, as in a watch.
  private func look(_ signals: borrowing SignalMask) -> Remedy.TraceAim? {
    var tables = WatchTables()
    var suspect: Remedy.TraceAim?
    var nextJudgement = TrendJudge.fewest
    for _ in 0..<Self.samples {
      if let sample = try? books.sample() { tables.memory.append(sample.amounts, at: sample.time) }
      if tables.memory.sampleCount >= nextJudgement {
        let found = aim(tables)
        if let found, found == suspect { return found }
        suspect = found
        nextJudgement += 3
      }
      if signals.ending(until: BootClock.now + Self.interval) { return nil }
    }
    return nil
  }

  private func aim(_ tables: WatchTables) -> Remedy.TraceAim? {
    WatchReport(tables.all, facts: WatchFacts(), available: nil, only: []).traceAim
  }
}
