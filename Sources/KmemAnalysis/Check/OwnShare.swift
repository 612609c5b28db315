/// What one sample of a check adds to an amount by itself.
///
/// To read a file takes an open file, a buffer, a thread. Where the kernel forgets to free one of
/// these, each sample loses it.
struct OwnShare: Hashable, Sendable {
  /// What a sample adds; 0 where samples without a run don't add to the amount each time.
  let perSample: Int64

  /// Measures samples without a run in between.
  ///
  /// The first of them set up what stays. An amount that never falls, and rises at half of the
  /// others or more, is the check's own; a page that comes once is not.
  init(_ values: some Collection<Int64?>) {
    let known = values.compactMap(\.self).dropFirst(2)
    let steps = zip(known, known.dropFirst()).map { $1.minus($0) }
    guard let first = known.first, let last = known.last, steps.count >= 4,
      steps.allSatisfy({ $0 >= 0 }), steps.count(where: { $0 > 0 }) * 2 >= steps.count
    else {
      perSample = 0
      return
    }
    // The median step is exact where each sample takes the same; of a share that comes in pages only
    // the mean tells the rate.
    let middle = steps.sorted()[steps.count / 2]
    let isEven = steps.count { $0 == middle } * 2 > steps.count
    perSample = isEven ? middle : last.minus(first) / Int64(steps.count)
  }

  /// The amounts without what the samples themselves added since the first.
  func taken(off values: [Int64?]) -> [Int64?] {
    guard perSample > 0 else { return values }
    return values.enumerated().map { row, value in
      value.map { $0.minus(perSample.timesClamped(Int64(row))) }
    }
  }
}
