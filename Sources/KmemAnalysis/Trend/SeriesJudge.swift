/// Puts what a series shows into a word, its grounds, and how much longer would decide.
struct SeriesJudge {
  let series: Series
  let fit: SeriesFit
  /// Whether the rise is significant among all series tested with it.
  let isSignificant: Bool

  typealias Decision = (word: TrendVerdict.Word, reason: String, more: Double?)

  /// Growth in all that is too little to matter whatever the statistics say: 1 MiB, or 64 things.
  private var floor: Double { series.unit.least }

  /// The rate, per second, that "stable" should exclude at last: 1 MiB or 64 things an hour.
  private var smallest: Double { floor / 3600 }

  var decision: Decision {
    guard isSignificant, fit.isSteady else { return isHint ? hint : stable }
    guard fit.growth >= floor, fit.growth >= 3 * fit.line.noise else { return small }
    let text = "\(growth) \(grounds)"
    switch series.holder {
    case .owner: return (.growing, text + exhaustionWords, nil)
    case .cache:
      return (.cache, text + " It's given back when memory runs short, so it is no leak.", nil)
    case .userSpace:
      return (
        .heldForUserSpace,
        text + " The kernel holds it for what programs keep open, mapped or stored."
          + exhaustionWords, nil
      )
    }
  }

  /// Seconds until the room is used up.
  var exhaustion: Double? {
    guard let room = series.room, room >= 0, fit.line.slope > 0 else { return nil }
    return Double(room) / fit.line.slope
  }

  private var exhaustionWords: String {
    guard let exhaustion, let room = series.room else { return "" }
    return " At this rate the \(series.unit.words(Double(room))) left last"
      + " \(Amount.duration(exhaustion))."
  }

  private func hourly(_ rate: Double) -> String { "\(series.unit.words(rate * 3600)) an hour" }

  private var growth: String {
    "Its floor rose by \(series.unit.words(fit.growth)) in \(Amount.duration(fit.seconds)):"
      + " \(hourly(fit.line.slope)) (\(series.unit.words(fit.line.low * 3600)) to"
      + " \(series.unit.words(fit.line.high * 3600)), 95 % sure)."
  }

  private var grounds: String {
    let noise =
      fit.line.noise >= 1
      ? "\(Amount.count(Int64(min(1e15, fit.growth / fit.line.noise)))) times the noise"
      : "without any noise"
    return "That is \(noise), in \(fit.points.count) samples after \(Amount.duration(fit.warmUp))"
      + " of warm-up."
  }

  /// Whether it looks like growth and isn't sure.
  private var isHint: Bool {
    fit.line.low > 0 && fit.line.slope > smallest / 4 && fit.test.chance < 0.01 && !fit.fades
  }

  private var hint: Decision {
    let more = fit.secondsToDecide(floor: floor)
    return (
      .notEnough,
      "It may be rising by \(hourly(fit.line.slope)), but not as evenly as a leak does."
        + " Watch \(Amount.duration(more)) more.", more
    )
  }

  private var small: Decision {
    let whole = max(floor, 3 * fit.line.noise)
    let more = max(fit.seconds / 4, whole / fit.line.slope - fit.seconds)
    return (
      .notEnough,
      "It rises by \(hourly(fit.line.slope)), so far by only \(series.unit.words(fit.growth))."
        + " Watch \(Amount.duration(more)) more.", more
    )
  }

  private var stable: Decision {
    let hidden = max(0, fit.line.high)
    guard hidden > smallest else {
      return (.stable, "No growth of \(hourly(smallest)) or more in \(time).", nil)
    }
    // The interval narrows with the power 1.5 of time where noise is independent; 1 is on the safe side.
    let more = fit.seconds * min(100, hidden / smallest - 1)
    return (
      .stable,
      "No growth is seen in \(time); up to \(hourly(hidden)) could hide in the noise."
        + " To exclude \(hourly(smallest)), watch \(Amount.duration(more)) more.", more
    )
  }

  private var time: String { "\(Amount.duration(fit.seconds)) (\(fit.points.count) samples)" }
}

extension SeriesFit {
  /// The least straightness that a leak's rise has; hardly one random walk in 100 reaches it.
  static let leastStraightness = 15.0

  /// Whether the floors rise all the time, at about the same rate.
  var isSteady: Bool {
    line.slope > 0 && straightness.t >= Self.leastStraightness && !fades
  }

  /// How many seconds more would probably make the rise sure, if it is one.
  ///
  /// Straightness grows about as time does, the other measures faster; a quarter more is for the luck
  /// that half of all runs don't have.
  func secondsToDecide(floor: Double) -> Double {
    let lacks = [
      3.5 / max(test.z, 0.1), Self.leastStraightness / max(straightness.t, 0.1),
      floor / max(growth, 1e-9), 3 * line.noise / max(growth, 1e-9), 1,
    ]
    return seconds * (1.25 * min(16, lacks.max() ?? 2) - 1)
  }
}
