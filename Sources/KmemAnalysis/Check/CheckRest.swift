/// What memory did for some seconds after the last run, while the command didn't run.
///
/// On a machine where others work, a program may fill a cache all the while. What grows as fast without
/// the command isn't the command's.
struct CheckRest {
  private let values: [SeriesID: BeforeAfter]
  private let seconds: Double
  /// How long a run took, with the samples beside it.
  private let perIteration: Double

  /// The amounts at the rest's beginning and end, so many seconds apart.
  init(
    from before: [SeriesID: Int64], to after: [SeriesID: Int64], seconds: Double,
    perIteration: Double
  ) {
    values = Dictionary(
      uniqueKeysWithValues: before.map { ($0.key, BeforeAfter($0.value, after[$0.key])) })
    self.seconds = seconds
    self.perIteration = perIteration
  }

  /// Whether the amount rose by at least half as much, in the time of a run.
  func explains(_ series: CheckSeries) -> Bool {
    guard seconds > 0, let rate = series.trend.perIteration, let gained = values[series.id]?.growth
    else { return false }
    // One of the two samples is a sample more.
    let others = Double(gained.minus(series.ownShare)) / seconds * perIteration
    return rate > 0 && others >= rate / 2
  }
}
