import KmemParsers

extension KmemleakRecord {
  /// A number that tells this object from all others of one boot.
  ///
  /// It is made of the count of the frames, not of their text, which changes when their module is
  /// unloaded.
  func identity(depth: Int) -> UInt64 {
    var identity = address.mixed(with: UInt64(kind.rawValue))
    identity = identity.mixed(with: jiffies ?? 0).mixed(with: size)
    return identity.mixed(with: UInt64(truncatingIfNeeded: depth)) | 1
  }
}

/// A set of identities, which takes 11 to 22 bytes for each.
///
/// It consists of 64 small tables that grow one at a time: while a table grows, it needs half as
/// much memory again.
struct IdentitySet: Sendable {
  private var tables = Array(repeating: IdentityTable(), count: 64)

  /// Adds an identity; false if it's there already.
  mutating func insert(_ identity: UInt64) -> Bool {
    tables[Int(identity >> 58)].insert(identity)
  }

  func contains(_ identity: UInt64) -> Bool { tables[Int(identity >> 58)].contains(identity) }
}

/// A set of identities that grows as a whole.
struct IdentityTable: Sendable {
  /// The identities, each at its place or behind it, 0 where free; a power of two of them.
  private var slots: [UInt64] = Array(repeating: 0, count: 16)
  private var count = 0

  mutating func insert(_ identity: UInt64) -> Bool {
    if count * 4 > slots.count * 3 { grow() }
    let slot = slot(of: identity)
    guard slots[slot] == 0 else { return false }
    slots[slot] = identity
    count += 1
    return true
  }

  func contains(_ identity: UInt64) -> Bool { slots[slot(of: identity)] != 0 }

  private func slot(of identity: UInt64) -> Int {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: identity >> 24) & mask
    while slots[slot] != 0, slots[slot] != identity { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for identity in old where identity != 0 { slots[slot(of: identity)] = identity }
  }
}
