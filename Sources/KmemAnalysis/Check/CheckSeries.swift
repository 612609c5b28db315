/// One amount before the command and after each run.
package struct CheckSeries: Sendable {
  /// Which amount it is.
  package let id: SeriesID
  /// Whose the memory is: the kernel's own, or memory in no class, can leak; what is held for user
  /// space can too, where user space holds nothing more.
  package let side: MemorySide
  /// The amounts, that before the command first; nil where one isn't known.
  ///
  /// What the check's own samples added is taken off.
  package let values: [Int64?]
  /// What the amounts show.
  package let trend: IterationTrend
  /// Bytes of growth that may be free objects which processors keep at hand.
  package let slack: Int64
  /// What each sample adds by itself, measured before the command ran.
  package let ownShare: Int64
  /// What a slab cache gained by objects in use alone, where it was shrunk before the first run and
  /// after the last; nil elsewhere.
  package let exactGrowth: Int64?
  /// Why growth at each iteration is no leak; nil where nothing explains it.
  package internal(set) var explanation: CheckExplanation?

  /// The other names of a slab cache that SLUB merged: its objects may be any of these.
  var aliases: [String] = []

  /// Whether what user space holds was counted at each sample, so that its counts tell whether
  /// anybody there holds more.
  var isCounted = false

  /// The amount with the verdict on it.
  package init(
    id: SeriesID, side: MemorySide, values: [Int64?], trend: IterationTrend, slack: Int64,
    ownShare: Int64 = 0, exactGrowth: Int64? = nil
  ) {
    self.id = id
    self.side = side
    self.values = values
    self.trend = trend
    self.slack = slack
    self.ownShare = ownShare
    self.exactGrowth = exactGrowth
  }

  /// Whether each iteration adds to it, beyond the slack.
  package var rises: Bool { trend.word == .leaks && (growth > slack || isBorneOut) }

  /// Whether the objects in use became more by most of what the rate makes of all iterations.
  private var isBorneOut: Bool {
    guard let exactGrowth, let rate = trend.perIteration else { return false }
    return Double(exactGrowth) >= 0.75 * rate * Double(trend.iterations)
  }

  /// Whether the amount leaks: memory of the kernel's, more at each iteration, that nobody holds.
  package var isLeak: Bool { rises && explanation == nil && (side.isSuspect || isForgotten) }

  /// Whether it is left for user space, or in cache: more of it at each iteration.
  package var isLeft: Bool {
    rises && explanation == nil && !isLeak && side.conclusion != nil
  }

  /// Whether it is objects for user space that nobody there can hold: their counts don't rise.
  ///
  /// A class holds what programs wrote, such as files in tmpfs, which no count tells.
  private var isForgotten: Bool {
    guard side == .heldForUserSpace, isCounted else { return false }
    return switch id.kind {
    case .slabCache, .allocationSite: true
    case .system, .side, .memoryClass, .vmallocCaller, .module, .count, .cgroup, .process,
      .processShared, .processFiles, .processThreads, .processChildren, .processZombies,
      .processSpace, .command, .commandProcesses:
      false
    }
  }

  /// The difference between the last known amount and the first, in bytes.
  package var growth: Int64 {
    let known = values.compactMap(\.self)
    return (known.last ?? 0).minus(known.first ?? 0)
  }

  static func isWorse(_ one: CheckSeries, _ other: CheckSeries) -> Bool {
    if one.isLeak != other.isLeak { return one.isLeak }
    if one.side.isSuspect != other.side.isSuspect { return one.side.isSuspect }
    let rates = (one.trend.perIteration ?? 0, other.trend.perIteration ?? 0)
    if one.isLeak, rates.0 != rates.1 { return rates.0 > rates.1 }
    if one.growth != other.growth { return one.growth > other.growth }
    return one.id.precedes(other.id)
  }
}
