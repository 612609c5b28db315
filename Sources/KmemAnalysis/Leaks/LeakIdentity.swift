package import KmemParsers

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

private struct IdentityTable: Sendable {
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

/// The objects of an earlier report, to tell new ones from those already known.
package struct LeakBaseline: Sendable {
  private var identities = IdentitySet()
  private var fingerprints: [String] = []
  private let modules: ModuleMap
  private var counts: [Int: Int64] = [:]
  /// How the boot of the earlier report relates to that of the later one.
  package let boot: Boot

  /// Whether objects can be told apart by their addresses.
  package enum Boot: String, Sendable {
    case same, different, unknown
  }

  /// Begins an empty baseline; `modules` tells what the frames of the earlier report mean.
  package init(boot: Boot, modules: ModuleMap = ModuleMap()) {
    self.boot = boot
    self.modules = modules
  }

  /// Takes in the next object of the earlier report; an object that the text repeats counts once.
  package mutating func add(_ record: KmemleakRecord, _ tables: KmemleakTables) {
    let moment = modules.moment(jiffies: record.jiffies, age: record.age)
    while fingerprints.count < tables.stackCount {
      let frames = tables.stack(fingerprints.count).map { LeakFrame($0, modules, at: moment) }
      fingerprints.append(LeakGroup(frames).fingerprint)
    }
    let identity = record.identity(depth: tables.depth(record.stack))
    guard identities.insert(identity) else { return }
    counts[record.stack, default: 0] += 1
  }

  func contains(_ identity: UInt64) -> Bool { identities.contains(identity) }

  /// How many objects each fingerprint had in the earlier report.
  package var countByFingerprint: [String: Int64] {
    var result: [String: Int64] = [:]
    for (stack, count) in counts { result[fingerprints[stack], default: 0] += count }
    return result
  }
}
