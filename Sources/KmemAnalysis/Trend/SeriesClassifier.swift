/// Chooses the conclusion for what a series shows, its grounds, and how much longer would decide.
struct SeriesClassifier {
  let series: Series
  let fit: SeriesFit
  /// Whether the rise is significant among all series tested with it.
  let isSignificant: Bool

  /// A conclusion, its grounds, and how many seconds more would probably decide.
  typealias Decision = (conclusion: Conclusion, grounds: TrendVerdict.Grounds, more: Double?)

  /// The growth, 1 MiB or 64 things, below which nothing matters, whatever the statistics say.
  private var floor: Double { series.unit.least }

  /// The rate per second, 1 MiB or 64 things an hour, that "stable" should exclude once there are
  /// samples enough.
  private var smallest: Double { floor / 3600 }

  var decision: Decision {
    guard isSignificant, fit.isSteady else { return isHint ? hint : stable }
    guard fit.growth >= floor, fit.growth >= 3 * fit.line.noise else { return small }
    // The whole system is on no side: what grows there has no known cause.
    return (series.side?.conclusion ?? .growing, .rose(series.side), nil)
  }

  /// Seconds until the room is used up.
  var exhaustion: Double? {
    guard let room = series.room, room >= 0, fit.line.slope > 0 else { return nil }
    return Double(room) / fit.line.slope
  }

  /// Whether the series looks like growth and isn't sure to grow.
  private var isHint: Bool {
    fit.line.low > 0 && fit.line.slope > smallest / 4 && fit.test.chance < 0.01 && !fit.fades
  }

  private var hint: Decision { (.notEnough, .uneven, fit.secondsToDecide(floor: floor)) }

  private var small: Decision {
    let whole = max(floor, 3 * fit.line.noise)
    let more = max(fit.seconds / 4, whole / fit.line.slope - fit.seconds)
    return (.notEnough, .small, more)
  }

  private var stable: Decision {
    let hidden = max(0, fit.line.high)
    guard hidden > smallest else { return (.stable, .flat, nil) }
    // The interval narrows with the power 1.5 of time where noise is independent; 1 is on the safe side.
    return (.stable, .flat, fit.seconds * min(100, hidden / smallest - 1))
  }
}

extension SeriesFit {
  /// The least straightness that a leak's rise has; hardly one random walk in 100 reaches it.
  static let leastStraightness = 15.0

  /// Whether the floors rise all the time, at about the same rate.
  var isSteady: Bool {
    line.slope > 0 && straightness.t >= Self.leastStraightness && !fades
  }

  /// How many more seconds would probably make the rise sure, if it is one.
  ///
  /// Straightness grows about as time does, the other measures faster. A quarter is added, since
  /// half of all runs have less luck than the average.
  func secondsToDecide(floor: Double) -> Double {
    let lacks = [
      3.5 / max(test.z, 0.1), Self.leastStraightness / max(straightness.t, 0.1),
      floor / max(growth, 1e-9), 3 * line.noise / max(growth, 1e-9), 1,
    ]
    return seconds * (1.25 * min(16, lacks.max() ?? 2) - 1)
  }
}
