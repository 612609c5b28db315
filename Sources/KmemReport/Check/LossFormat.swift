import KmemAnalysis

/// What the iterations of a command lost of one group, in words.
struct LossFormat {
  private let counts: [LeakCount]

  init(_ group: LeakGroup, iterations: Int) {
    counts =
      group.iterations.isEmpty
      ? Array(repeating: LeakCount(), count: iterations) : group.iterations
  }

  /// The median of the objects that an iteration lost: `25`.
  var objects: String { Amount.count(median(counts.map(\.objects))) }

  var bytes: String { Amount.short(median(counts.map(\.bytes))) }

  /// How the losses are spread over the iterations: `in each of 20`, `20 to 30 objects`, `in 3 of
  /// 20`.
  var spread: String {
    let objects = counts.map(\.objects)
    let hit = objects.count { $0 > 0 }
    guard let low = objects.min(), let high = objects.max() else { return "" }
    if hit < objects.count { return "in \(hit) of \(objects.count)" }
    return low == high
      ? "in each of \(objects.count)" : "\(Amount.count(low)) to \(Amount.count(high)) objects"
  }

  private func median(_ values: [Int64]) -> Int64 {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
