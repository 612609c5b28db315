import Testing

@testable import KmemParsers
@testable import KmemTracing

@Suite struct AllocationLedgerTests {
  private func object(
    _ address: UInt64, _ kind: TraceRecord.Kind = .kmalloc, size: UInt64 = 64, cache: String? = nil
  ) -> AllocationEvent.Allocation {
    AllocationEvent.Allocation(kind: kind, address: address, size: size, caller: 0, cache: cache)
  }

  private func ledger(live: Int = 100, stacks: Int = 100) -> AllocationLedger {
    AllocationLedger(room: Tracer.Room(live: live, stacks: stacks), windows: 2)
  }

  @Test func `what is freed isn't left, and counts where it was allocated`() {
    var ledger = ledger()
    ledger.allocate(object(1), stack: [7], window: 0, isCounted: true)
    ledger.allocate(object(2), stack: [7], window: 0, isCounted: true)
    ledger.free(.kmalloc, 1, cache: nil, window: 1)
    let sum = ledger.rawSums(pageSize: 4096)[0]
    #expect(sum.stack == [7])
    #expect(sum.sum.allocated == [2, 0])
    #expect(sum.sum.left == [1, 0])
    #expect(sum.sum.freed == [0, 1])
  }

  @Test func `an address that is handed out again proves that its object was freed`() {
    var ledger = ledger()
    ledger.allocate(object(1), stack: [7], window: 0, isCounted: true)
    ledger.allocate(object(1), stack: [8], window: 1, isCounted: false)
    let sum = ledger.rawSums(pageSize: 4096)[0].sum
    #expect(sum.left == [0, 0])
    #expect(sum.reused == [0, 1])
    #expect(ledger.kept == 1)
  }

  @Test func `a page's number is no object's address`() {
    var ledger = ledger()
    ledger.allocate(object(5, .pages, size: 2), stack: [7], window: 0, isCounted: true)
    let isFreed = ledger.free(.kmalloc, 5, cache: nil, window: 0)
    #expect(!isFreed)
    #expect(ledger.rawSums(pageSize: 4096)[0].sum.size == 16384)
  }

  @Test func `a cache is known by the frees of its objects, and by none where they tell two`() {
    var ledger = ledger()
    for address: UInt64 in 1...3 {
      ledger.allocate(object(address, .cache), stack: [7], window: 0, isCounted: true)
    }
    ledger.free(.cache, 1, cache: "filp", window: 0)
    #expect(ledger.cacheNames == ["filp"])
    #expect(ledger.rawSums(pageSize: 4096)[0].cache == 1)
    ledger.free(.cache, 2, cache: "cred", window: 0)
    #expect(ledger.rawSums(pageSize: 4096)[0].cache == 0)
  }

  @Test func `what there is no room for is lost and counted, not booked`() {
    var ledger = ledger(live: 2)
    for address: UInt64 in 1...5 {
      ledger.allocate(object(address), stack: [7], window: 0, isCounted: true)
    }
    #expect(ledger.kept == 2)
    #expect(ledger.lost == 3)
    var narrow = self.ledger(stacks: 3)
    for address: UInt64 in 1...5 {
      narrow.allocate(object(address), stack: [address], window: 0, isCounted: true)
    }
    #expect(narrow.kept == 2)
    #expect(narrow.lost == 3)
  }
}

@Suite struct StackMatcherTests {
  @Test func `an interrupt's stack isn't that of the allocation it came in`() {
    var matcher = StackMatcher()
    matcher.wait(place: 1, caller: 10, thread: 5)
    matcher.wait(place: 2, caller: 20, thread: 5)
    #expect(matcher.match([3, 20, 4], thread: 5)?.place == 2)
    #expect(matcher.match([3, 10, 4], thread: 5)?.place == 1)
    #expect(matcher.match([3, 10, 4], thread: 5) == nil)
  }

  @Test func `a stack without the function that asked is another's`() {
    var matcher = StackMatcher()
    matcher.wait(place: 1, caller: 10, thread: 5)
    // The stack of this one is lost.
    matcher.wait(place: 2, caller: 20, thread: 5)
    #expect(matcher.match([3, 10], thread: 5)?.place == 1)
    #expect(matcher.match([3, 20], thread: 5) == nil)
  }

  @Test func `another thread's stack is none`() {
    var matcher = StackMatcher()
    matcher.wait(place: 1, caller: 0, thread: 5)
    #expect(matcher.match([3], thread: 6) == nil)
    #expect(matcher.match([3], thread: 5)?.place == 1)
  }
}

@Suite struct SlabShareTests {
  @Test func `a slab whose first part has more objects than its share is set right`() {
    // 21 objects of 1,536 bytes on eight pages: 3, 3, 2, 3, 3, 2, 3, 2 begin on each.
    let factor = SlabShare.factor(
      objectSize: 1536, objectsPerSlab: 21, slab: 32768, sampling: 16)
    #expect(factor == 21.0 / 8 / 3)
  }

  @Test func `objects that fill a slab evenly need no correction`() {
    let large = SlabShare.factor(objectSize: 2048, objectsPerSlab: 16, slab: 32768, sampling: 16)
    let small = SlabShare.factor(objectSize: 64, objectsPerSlab: 64, slab: 4096, sampling: 16)
    #expect(large == 1)
    #expect(small == 1)
  }

  @Test func `whole pages of kmalloc lie at multiples of their length, and are sampled more often`()
  {
    #expect(SlabShare.factor(ofWhole: 16384, sampling: 16) == 0.25)
    #expect(SlabShare.factor(ofWhole: 1 << 20, sampling: 16) == 1.0 / 16)
  }

  @Test func `counts are multiplied without losing what is rounded off`() {
    let sum = TraceRecord.Sum(
      kind: .kmalloc, size: 8, cache: nil, frames: [], allocated: [1, 1, 1, 1, 1],
      left: [0, 0, 0, 0, 5], freed: [], reused: [])
    let part = sum.multiplied(by: 0.8)
    #expect(part.allocated.reduce(0, +) == 4)
    #expect(part.left == [0, 0, 0, 0, 4])
  }
}
