/// How much memory each count makes grow, so that of several causes the heaviest is named.
struct WatchCauseWeights {
  /// The part of the most that counted things may need which really grows: the bounds are generous, and those
  /// of zombies would outweigh what pipes were seen to hold.
  private let share: Double
  /// Bytes a second that are in descriptors, by whose these are; nil stands for nobody who is known.
  private let contents: [ProcessName?: Double]
  /// The growth of each count of the whole system, without what another count tells more closely.
  private let alone: [KernelCount: Double]

  /// Weighs the counts that may be named by what is explained.
  ///
  /// Descriptors of a process that isn't among the counts are nobody's: its own count isn't sure yet.
  init(_ counts: [WatchRow], explained rows: [WatchRow]) {
    alone = Self.alone(counts)
    let known = Set(counts.filter { $0.id.kind == .processFiles }.compactMap(\.id.process))
    let most = alone.reduce(0) { $0 + $1.value * $1.key.mostBytes }
    var grown = 0.0
    var contents: [ProcessName?: Double] = [:]
    for row in rows where row.id.kind == .memoryClass && row.rate > 0 {
      switch row.explanation {
      case .counts: grown += row.rate
      case .contents(let owner):
        contents[owner.flatMap { known.contains($0) ? $0 : nil }, default: 0] += row.rate
      default: break
      }
    }
    self.contents = contents
    share = grown > 0 && most > grown ? grown / most : 1
  }

  /// Bytes a second that the count makes grow.
  func weight(_ row: WatchRow) -> Double {
    let objects = most(row) * share
    switch row.id {
    case .process(let process, .files): return objects + (contents[process] ?? 0)
    case .count(.openFiles), .count(.sockets): return objects + (contents[nil] ?? 0)
    default: return objects
    }
  }

  /// The most bytes a second that the things themselves need.
  func most(_ row: WatchRow) -> Double {
    guard let things = row.things else { return 0 }
    guard case .count = row.id else { return row.rate * things.mostBytes }
    return (alone[things] ?? row.rate) * things.mostBytes
  }

  /// Each zombie and each process is a thread too, and each socket an open file: what the closer count tells
  /// isn't told again.
  private static func alone(_ rows: [WatchRow]) -> [KernelCount: Double] {
    var rates: [KernelCount: Double] = [:]
    for case (.count(let things), let rate) in rows.map({ ($0.id, max(0, $0.rate)) }) {
      rates[things] = rate
    }
    let closer: [(KernelCount, [KernelCount])] = [
      (.threads, [.zombies, .processes]), (.openFiles, [.sockets]),
    ]
    return closer.reduce(into: rates) { left, rule in
      guard let all = rates[rule.0] else { return }
      let told = rule.1.compactMap { rates[$0] }.reduce(0, +)
      // A rest of less than a twentieth is the noise of two counts.
      left[rule.0] = all - told > all / 20 ? all - told : 0
    }
  }
}
