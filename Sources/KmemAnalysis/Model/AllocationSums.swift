package import KmemParsers

/// What each line of source holds, in the order of `/proc/allocinfo`.
///
/// The file lists a line once for each place it was inlined at; here it is one row with their sum.
package struct AllocationSums: Sendable {
  /// What one line of source holds.
  package struct Row: Sendable {
    /// The line of source.
    package let tag: AllocationSite
    /// Bytes held.
    package fileprivate(set) var bytes: Int64
    /// The most by which `bytes` may be wrong, where a tool made sizes readable.
    fileprivate(set) var error: Int64 = 0
    /// Allocations that hold them.
    package fileprivate(set) var count: Int64
    /// False where a counter of the kernel's went below zero: the sum is no amount then.
    fileprivate(set) var isKnown: Bool
  }

  private var all: [Row] = []
  /// Where each line is in `all`.
  private var places: [AllocationSite: Int] = [:]

  /// Sums what the file lists of each line.
  package init(_ allocinfo: Allocinfo) {
    all.reserveCapacity(allocinfo.tags.count)
    places.reserveCapacity(allocinfo.tags.count)
    for tag in allocinfo.tags { add(tag) }
  }

  /// The rows whose sums are known.
  package var rows: [Row] { all.filter(\.isKnown) }

  /// The amounts, the largest first; lines that hold nothing follow in the file's order.
  var amounts: [NamedAmount<AllocationSite>] {
    let amounts = rows.map { NamedAmount(name: $0.tag, bytes: $0.bytes, count: $0.count) }
    return amounts.filter { $0.bytes > 0 }.largestFirst(inOrder: <)
      + amounts.filter { $0.bytes == 0 }
  }

  private mutating func add(_ tag: Allocinfo.Tag) {
    let calls = Int64(exactly: tag.calls)
    let key = AllocationSite(tag)
    let row = Row(
      tag: key, bytes: tag.bytes, error: tag.error, count: calls ?? 0,
      isKnown: tag.bytes >= 0 && calls != nil)
    guard let place = places.updateValue(all.count, forKey: key) else { return all.append(row) }
    places[key] = place
    all[place].bytes = all[place].bytes.plus(row.bytes)
    all[place].error = all[place].error.plus(row.error)
    all[place].count = all[place].count.plus(row.count)
    all[place].isKnown = all[place].isKnown && row.isKnown
  }

  /// Where the line is; most lines are where they are in another list of the same boot.
  private func place(of tag: AllocationSite, near guess: Int) -> Int? {
    guess < all.count && all[guess].tag == tag ? guess : places[tag]
  }
}

extension AllocationSums {
  /// The changes from these sums to later ones, the largest growth first.
  ///
  /// A sum that isn't known on one side has no growth, and is left out. Lines that hold what they
  /// held stand between those that gained and those that lost, in the file's order: there are
  /// thousands of them, and ordering them would cost more than finding the others.
  package func changes(to after: AllocationSums) -> [NamedChange<AllocationSite>] {
    var changes = Ordered()
    var isMatched = Array(repeating: false, count: all.count)
    for (index, row) in after.all.enumerated() {
      let place = place(of: row.tag, near: index)
      if let place { isMatched[place] = true }
      changes.add(place.map { all[$0] }, row)
    }
    for (row, isMatched) in zip(all, isMatched) where !isMatched { changes.add(row, nil) }
    return changes.all
  }

  /// Changes by what became of them.
  private struct Ordered {
    private var gains: [NamedChange<AllocationSite>] = []
    private var losses: [NamedChange<AllocationSite>] = []
    private var rest: [NamedChange<AllocationSite>] = []

    mutating func add(_ before: Row?, _ after: Row?) {
      guard before?.isKnown != false, after?.isKnown != false,
        let tag = (after ?? before)?.tag
      else { return }
      let change = NamedChange(
        name: tag, bytes: BeforeAfter(before?.bytes, after?.bytes),
        count: BeforeAfter(before?.count, after?.count))
      let growth = change.bytes.growthIfAbsentIsZero
      // Growth within what rounding hides is unknown.
      let rounding = (before?.error ?? 0).plus(after?.error ?? 0)
      if rounding > 0, growth.magnitude <= rounding.magnitude { return }
      if growth > 0 {
        gains.append(change)
      } else if growth < 0 {
        losses.append(change)
      } else {
        rest.append(change)
      }
    }

    var all: [NamedChange<AllocationSite>] {
      gains.largestFirst(inOrder: <) + rest + losses.largestFirst(inOrder: <)
    }
  }
}
