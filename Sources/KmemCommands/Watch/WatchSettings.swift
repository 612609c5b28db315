import KmemAnalysis

/// How long and how often memory is sampled.
struct WatchSettings {
  /// Seconds to watch; nil to go on until a signal asks to end.
  let duration: Double?
  let interval: Double
  let stopsWhenSure: Bool
  /// The only processes that the user asks about; all where it's empty.
  let pids: Set<Int>
  /// The interval and the history as the user named them; nil where he didn't.
  var named: (interval: Double?, history: String?) = (nil, nil)
  /// Whether what was recorded before is left out.
  var isFresh = false

  /// The same watch for so many seconds in all.
  func command(seconds: Double) -> WatchCommand {
    WatchCommand(
      seconds: seconds, interval: named.interval, pids: pids.sorted(), history: named.history,
      isFresh: isFresh)
  }

  /// Seconds between two samples of processes, if one costs this many seconds of a processor.
  ///
  /// A user who waits for an answer accepts a higher cost than a recorder may have, which goes on
  /// for weeks. A short watch takes as many samples of processes as a verdict on them needs.
  func pause(after cost: Double) -> Double {
    let pause = min((stopsWhenSure ? 50 : 1000) * cost, 6 * interval)
    guard stopsWhenSure, let duration else { return pause }
    return min(pause, duration / Double(TrendJudge.fewest + 5))
  }

  /// When to sample next, in seconds since boot; nil when the time is over.
  ///
  /// Samples that were missed, as while the machine was suspended, aren't made up for.
  func next(after now: Double, since start: Double) -> Double? {
    let next = start + ((now - start) / interval).rounded(.down) * interval + interval
    guard let duration, next > start + duration + interval / 100 else { return next }
    return nil
  }
}
