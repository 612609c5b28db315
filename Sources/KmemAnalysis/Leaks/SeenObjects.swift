/// The objects of a text so far, to tell those that it repeats.
///
/// kmemleak lists objects in the order in which they were allocated. As long as their ticks don't go back,
/// an object can only repeat one of its own tick: the others are noted one after another, 8 bytes for each,
/// and nothing is looked for among them, which a set of 555,000 would miss the cache for. Once ticks go back,
/// as in a text of several reports, all objects make a set.
struct SeenObjects: Sendable {
  /// Those of earlier ticks.
  private var earlier = SegmentedArray<UInt64>()
  /// Those of the latest tick.
  private var latest: [UInt64] = []
  /// The same as a set, once they are many.
  private var crowd: IdentityTable?
  private var tick: UInt64 = 0
  /// All of them, once ticks went back.
  private var all: IdentitySet?

  /// More identities than these aren't compared one by one.
  private static let few = 16

  /// Adds an object by its identity and the tick of its allocation; false if it's there already.
  mutating func insert(_ identity: UInt64, at tick: UInt64) -> Bool {
    if all == nil, tick < self.tick { gather() }
    if all != nil { return all?.insert(identity) == true }
    if tick > self.tick {
      leaveTick()
      self.tick = tick
    }
    if latest.count < Self.few {
      guard !latest.contains(identity) else { return false }
    } else {
      if crowd == nil { crowd = IdentityTable(latest) }
      guard crowd?.insert(identity) == true else { return false }
    }
    latest.append(identity)
    return true
  }

  private mutating func leaveTick() {
    for identity in latest { earlier.append(identity) }
    latest.removeAll(keepingCapacity: true)
    crowd = nil
  }

  private mutating func gather() {
    leaveTick()
    var set = IdentitySet()
    for index in earlier.indices { _ = set.insert(earlier[index]) }
    earlier = SegmentedArray()
    all = set
  }
}

extension IdentityTable {
  fileprivate init(_ identities: [UInt64]) {
    for identity in identities { _ = insert(identity) }
  }
}
