/// Moments in their order, each once.
struct SortedTimes: Sendable {
  private(set) var all: [Double] = []

  var isEmpty: Bool { all.isEmpty }
  var count: Int { all.count }

  mutating func insert(_ moment: Double) {
    let index = countBelow(moment)
    guard index == all.count || all[index] != moment else { return }
    all.insert(moment, at: index)
  }

  /// How many moments lie before this one.
  func countBelow(_ moment: Double) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle] < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func last(before moment: Double) -> Double? {
    let index = countBelow(moment)
    return index > 0 ? all[index - 1] : nil
  }

  func first(after moment: Double) -> Double? {
    var index = countBelow(moment)
    if index < all.count, all[index] == moment { index += 1 }
    return index < all.count ? all[index] : nil
  }
}
