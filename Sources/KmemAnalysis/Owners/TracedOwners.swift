import KmemParsers
import KmemSnapshot

/// What each function gained by stacks that the kernel recorded: slab objects, or pages.
struct TracedOwners {
  /// What the stacks of one owner hold.
  private struct Sum {
    var count: Int64 = 0
    /// The stack that gained most.
    var most: (count: Int64, lines: [String]) = (0, [])
  }

  /// The owners of a cache's objects by `alloc_traces`, those that gained most first.
  ///
  /// `size` is that of one object in bytes, with its metadata.
  static func candidates(
    from before: AllocTraces?, to after: AllocTraces, size: Int64
  ) -> [Candidate] {
    let held = counts(after)
    let gained = before.map { difference(counts($0), held) } ?? held
    return sums(gained).compactMap { owner, sum in
      guard sum.count > 0 else { return nil }
      return Candidate(
        owner: owner, confidence: before == nil ? .likely : .exact,
        evidence: [
          Evidence(.objects(sum.count, isGrowth: before != nil), stack: sum.most.lines)
        ],
        growth: before == nil ? nil : sum.count.timesClamped(size), count: sum.count)
    }.ranked
  }

  /// The owners of loose pages by `page_owner`, or of those that kmalloc took whole.
  static func candidates(
    from before: PageOwnerStacks, to after: PageOwnerStacks, use: AllocationStack.Use,
    pageSize: Int64
  ) -> [Candidate] {
    let gained = difference(counts(before), counts(after)).filter { $0.key.use == use }
    return sums(gained).compactMap { owner, sum in
      guard sum.count > 0 else { return nil }
      return Candidate(
        owner: owner, confidence: .exact,
        evidence: [
          Evidence(.pages(sum.count), stack: sum.most.lines)
        ],
        growth: sum.count.timesClamped(pageSize), count: sum.count)
    }.ranked
  }

  private static func counts(_ traces: AllocTraces) -> [AllocationStack: Int64] {
    var counts: [AllocationStack: Int64] = [:]
    for trace in traces.traces where !trace.frames.isEmpty {
      let stack = AllocationStack(trace.frames)
      counts[stack] = (counts[stack] ?? 0).plus(Int64(clamping: trace.count))
    }
    return counts
  }

  private static func counts(_ stacks: PageOwnerStacks) -> [AllocationStack: Int64] {
    var counts: [AllocationStack: Int64] = [:]
    for stack in stacks.stacks where !stack.frames.isEmpty {
      guard let pages = stack.pages else { continue }
      let key = AllocationStack(stack.frames)
      counts[key] = (counts[key] ?? 0).plus(Int64(clamping: pages))
    }
    return counts
  }

  private static func difference(
    _ before: [AllocationStack: Int64], _ after: [AllocationStack: Int64]
  ) -> [AllocationStack: Int64] {
    var gained = after
    for (stack, count) in before { gained[stack] = (gained[stack] ?? 0).minus(count) }
    return gained
  }

  private static func sums(_ gained: [AllocationStack: Int64]) -> [Owner: Sum] {
    var sums: [Owner: Sum] = [:]
    for (stack, count) in gained where count != 0 {
      guard let owner = stack.owner else { continue }
      var sum = sums[owner] ?? Sum()
      sum.count = sum.count.plus(count)
      let lines = stack.lines
      if (count, sum.most.lines.joined()) > (sum.most.count, lines.joined()) {
        sum.most = (count, lines)
      }
      sums[owner] = sum
    }
    return sums
  }
}
