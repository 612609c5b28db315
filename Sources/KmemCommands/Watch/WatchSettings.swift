/// How long and how often memory is sampled.
struct WatchSettings {
  /// Seconds; nothing to go on until it's told to end.
  let duration: Double?
  let interval: Double
  let stopsWhenSure: Bool
  /// The only processes that are asked about; all where it's empty.
  let pids: Set<Int>

  /// Seconds from one sample of processes to the next, if one takes so many seconds of a processor.
  ///
  /// Who waits for an answer lets it cost more than a recorder, which goes on for weeks.
  func pause(after cost: Double) -> Double {
    min((stopsWhenSure ? 50 : 1000) * cost, 6 * interval)
  }

  /// When to take the next sample, in seconds since boot; nothing when the time is over.
  ///
  /// Samples that were missed, as while the machine was suspended, aren't made up for.
  func next(after now: Double, since start: Double) -> Double? {
    let next = start + ((now - start) / interval).rounded(.down) * interval + interval
    guard let duration, next > start + duration + interval / 100 else { return next }
    return nil
  }
}
