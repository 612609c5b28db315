package import KmemParsers

/// The objects of an earlier report, to tell new ones from those already known.
package struct LeakBaseline: Sendable {
  private var identities = IdentitySet()
  private var fingerprints: [String] = []
  private let modules: ModuleMap
  private let frameRules: FrameRules
  private var counts: [Int: Int64] = [:]
  /// How the boot of the earlier report relates to that of the later one.
  package let boot: Boot

  /// Whether objects can be told apart by their addresses.
  package enum Boot: String, Sendable {
    case same, different, unknown
  }

  /// Begins an empty baseline; `modules` tells what the frames of the earlier report mean, and
  /// `frameRules` are those of the later one, so that both have the same fingerprints.
  package init(
    boot: Boot, modules: ModuleMap = ModuleMap(), frameRules: FrameRules = FrameRules()
  ) {
    self.boot = boot
    self.modules = modules
    self.frameRules = frameRules
  }

  /// Takes in the next object of the earlier report; an object that the text repeats counts once.
  package mutating func add(_ record: KmemleakRecord, _ tables: KmemleakTables) {
    let moment = modules.moment(jiffies: record.jiffies, age: record.age)
    while fingerprints.count < tables.stackCount {
      let frames = tables.stack(fingerprints.count).map { LeakFrame($0, modules, at: moment) }
      fingerprints.append(LeakGroup(frameRules.marking(frames)).fingerprint)
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
