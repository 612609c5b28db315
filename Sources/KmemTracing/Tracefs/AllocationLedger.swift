package import KmemParsers

/// Pairs allocations with frees, as `program.bpf.c` does in the kernel, and sums what is left by stack.
///
/// Events come in the order of their times; a stack comes after its allocation.
package struct AllocationLedger: Sendable {
  /// What is summed together.
  fileprivate struct Key: Hashable {
    let stack: Int
    let kind: TraceRecord.Kind
    let size: UInt64
    let cache: String?
  }

  /// The sums of one key.
  fileprivate struct Sum {
    let key: Key
    /// The cache's name, as frees of its objects told it; nil where they told several.
    var freedAs: String?
    var isOfSeveral = false
    var allocated: [Int64]
    var left: [Int64]
    var freed: [Int64]
    var reused: [Int64]
  }

  /// A live object: its sum, and in which window it was allocated.
  private struct Live {
    let sum: Int
    let window: Int
  }

  private let windows: Int
  private let room: Tracer.Room
  private var live: [UInt64: Live] = [:]
  private var sums: [Sum] = []
  private var places: [Key: Int] = [:]
  private var stacks: [[UInt64]] = [[]]
  private var stackPlaces: [[UInt64]: Int] = [[]: 0]
  /// Allocations that were followed, and those for which there was no room.
  package private(set) var (kept, lost): (Int64, Int64) = (0, 0)
  /// Without objects.
  package init(room: Tracer.Room, windows: Int = Tracer.windows) {
    (self.room, self.windows) = (room, windows)
  }

  /// An address within its own space: numbers of pages and per-CPU addresses aren't those of objects.
  private static func place(_ kind: TraceRecord.Kind, _ address: UInt64) -> UInt64 {
    switch kind {
    case .kmalloc, .cache: address
    case .pages: address ^ (1 << 56)
    case .percpu: address ^ (2 << 56)
    }
  }

  /// Books an allocation with its stack.
  package mutating func allocate(
    _ allocation: AllocationEvent.Allocation, stack: [UInt64], window: Int, isCounted: Bool
  ) {
    guard allocation.address != 0 else { return }
    let place = Self.place(allocation.kind, allocation.address)
    let window = min(window, windows - 1)
    if let former = live.removeValue(forKey: place) {
      // The address is handed out again, so its former object was freed without an event.
      sums[former.sum].left[former.window] -= 1
      sums[former.sum].reused[window] += 1
    }
    guard isCounted else { return }
    guard live.count < room.live, let sum = sum(allocation, stack) else {
      lost += 1
      return
    }
    live[place] = Live(sum: sum, window: window)
    sums[sum].allocated[window] += 1
    sums[sum].left[window] += 1
    kept += 1
  }

  /// Books a free; true if the object was followed.
  @discardableResult package mutating func free(
    _ kind: TraceRecord.Kind, _ address: UInt64, cache: String?, window: Int
  ) -> Bool {
    guard let object = live.removeValue(forKey: Self.place(kind, address)) else { return false }
    sums[object.sum].left[object.window] -= 1
    sums[object.sum].freed[min(window, windows - 1)] += 1
    if let cache { learn(cache, object.sum) }
    return true
  }

  private mutating func learn(_ cache: String, _ place: Int) {
    guard sums[place].key.kind == .cache, !sums[place].isOfSeveral else { return }
    if sums[place].freedAs == nil { sums[place].freedAs = cache }
    sums[place].isOfSeveral = sums[place].freedAs != cache
  }

  /// The sum of a key, a new one if there is room.
  private mutating func sum(
    _ allocation: AllocationEvent.Allocation, _ stack: [UInt64]
  ) -> Int? {
    guard let stack = place(of: stack) else { return nil }
    let key = Key(
      stack: stack, kind: allocation.kind, size: allocation.size, cache: allocation.cache)
    if let place = places[key] { return place }
    guard sums.count < room.stacks else { return nil }
    let none = [Int64](repeating: 0, count: windows)
    sums.append(Sum(key: key, allocated: none, left: none, freed: none, reused: none))
    places[key] = sums.count - 1
    return sums.count - 1
  }

  private mutating func place(of stack: [UInt64]) -> Int? {
    if let place = stackPlaces[stack] { return place }
    guard stacks.count < room.stacks else { return nil }
    stacks.append(stack)
    stackPlaces[stack] = stacks.count - 1
    return stacks.count - 1
  }
}

extension AllocationLedger {
  /// The names of caches that were seen, in an order by which keys are given: the first has key 1.
  package var cacheNames: [String] { Set(sums.compactMap(\.name)).sorted() }

  /// All sums; `pageSize` in bytes.
  package func rawSums(pageSize: Int64) -> [RawSum] {
    let keys = Dictionary(
      cacheNames.enumerated().map { ($0.element, UInt64($0.offset + 1)) }
    ) { first, _ in first }
    return sums.map { sum in
      let size =
        sum.key.kind == .pages
        ? pageSize << Int64(min(sum.key.size, 31)) : Int64(clamping: sum.key.size)
      return RawSum(
        stack: stacks[sum.key.stack], cache: sum.name.flatMap { keys[$0] } ?? 0,
        sum: TraceRecord.Sum(
          kind: sum.key.kind, size: size, cache: nil, frames: [], allocated: sum.allocated,
          left: sum.left, freed: sum.freed, reused: sum.reused))
    }
  }
}

extension AllocationLedger.Sum {
  fileprivate var name: String? { key.cache ?? (isOfSeveral ? nil : freedAs) }
}
