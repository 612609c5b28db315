/// How an amount of memory changes when one command is run again and again.
///
/// The first runs fill caches, load code and set up what is kept; only what every later run adds
/// again is a leak. `docs/verdict.md` says how the two are told apart.
package struct IterationTrend: Hashable, Sendable {
  /// What the amounts come to.
  package let word: Word
  /// The growth of each iteration after warm-up, in bytes or objects; a guess unless the word is
  /// `leaks`.
  package let perIteration: Double?
  /// The lower end of the 95 % confidence interval of `perIteration`.
  package let low: Double?
  /// The upper end of the interval.
  package let high: Double?
  /// How many iterations the amounts are of.
  package let iterations: Int
  /// How many of the first iterations were taken for warm-up and not judged.
  package let warmUp: Int
  /// What the iterations of warm-up added to the baseline.
  package let warmUpGrowth: Int64
  /// What all iterations after warm-up added.
  package let growth: Int64
  /// How far single values lie from the line, as a standard deviation.
  package let noise: Double
  /// The chance of such a rise where nothing leaks, by the trend test.
  ///
  /// For weighing many series against each other; the word rests on more than it.
  package let chance: Double
  /// How many iterations would probably decide, where these don't.
  package let iterationsNeeded: Int?
  /// What the amounts count: bytes or things.
  package let unit: TrendUnit
  /// What the word rests on.
  package let grounds: Grounds

  /// What the word rests on.
  package enum Grounds: Hashable, Sendable {
    /// Each iteration added as much again, or as many of them as `steps` says.
    case rises(steps: Int?)
    case tooFew
    /// The amount rose only this often: a page that small objects fill, or something done once.
    case rareSteps(Int)
    /// The amount still rises, but less and less.
    case fades
    /// The amounts vary by so much that a leak could hide.
    case uneven
    /// The amount didn't change after warm-up.
    case flat
    /// No two amounts after an iteration can be compared; `isKnown` says whether two of them are
    /// known.
    case notComparable(isKnown: Bool)
  }

  /// How many iterations came after warm-up; at least one.
  package var later: Int { Swift.max(1, iterations - warmUp) }

  /// What the amounts come to; the raw values are part of the JSON output.
  package enum Word: String, Hashable, Sendable {
    case leaks = "leaks per iteration"
    case warmUpOnly = "warm-up only"
    case steady = "steady"
    case notEnough = "not enough iterations"
    case noisy = "noisy"
  }

  /// Fewer iterations than this decide nothing.
  package static let fewest = 8

  /// Judges amounts, of which the first is that before the command ran, and the others those after
  /// each iteration, or after as many as `runs` says of each amount.
  ///
  /// An amount may be missing. For "steady" no growth below the `smallest` rate, in units an
  /// iteration, needs to be excluded; a regular leak is found also below it.
  package init(
    _ values: [Int64?], at runs: [Int]? = nil, unit: TrendUnit = .bytes, smallest: Double = 4096
  ) {
    let places = runs ?? Array(values.indices)
    let iterations = Swift.max(0, places.last ?? 0)
    let base = values.lazy.compactMap { $0 }.first ?? 0
    let points = zip(places, values).compactMap { run, value in
      value.map { TrendPoint(x: Double(run), y: Double($0.minus(base))) }
    }
    guard let fit = IterationFit.chosen(points, iterations: iterations) else {
      self.init(undecidable: values, iterations: iterations, unit: unit)
      return
    }
    let judge = IterationClassifier(fit: fit, iterations: iterations, smallest: smallest)
    self.init(judge.verdict, fit, iterations: iterations, unit: unit)
  }

  private init(
    _ verdict: IterationClassifier.Verdict, _ fit: IterationFit, iterations: Int, unit: TrendUnit
  ) {
    (word, grounds, iterationsNeeded) = verdict
    self.unit = unit
    perIteration = fit.line.slope
    (low, high) = (fit.line.low, fit.line.high)
    self.iterations = iterations
    warmUp = fit.start
    warmUpGrowth = Int64(exactly: fit.warmUpGrowth.rounded()) ?? 0
    growth = Int64(exactly: fit.growth.rounded()) ?? 0
    noise = fit.line.noise
    chance = fit.test.chance
  }

  /// The verdict where no two amounts after an iteration can be compared.
  private init(undecidable values: [Int64?], iterations: Int, unit: TrendUnit) {
    let known = values.compactMap { $0 }
    word = .notEnough
    (perIteration, low, high) = (nil, nil, nil)
    self.iterations = iterations
    (warmUp, growth, noise, chance) = (0, 0, 0, 1)
    warmUpGrowth = (known.last ?? 0).minus(known.first ?? 0)
    iterationsNeeded = 20
    self.unit = unit
    grounds = .notComparable(isKnown: known.count == 2)
  }
}
