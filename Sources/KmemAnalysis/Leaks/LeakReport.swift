import KmemParsers
import KmemSnapshot

/// What a kmemleak report says: groups of unreferenced objects, and what the text itself was worth.
package struct LeakReport: Sendable {
  package let moment: Moment
  package internal(set) var groups: [LeakGroup]
  package let text: LeakTextFacts
  package let clock: LeakClock?
  package let suppressions: [Suppression]
  package let comparison: LeakComparison?
  /// The object asked for.
  package let object: LeakObject?
  /// Modules that lay elsewhere earlier in this boot: their frames may be another module's.
  package let movedModules: Set<String>

  /// What the scans were worth that the report rests on; nothing if only a text was read.
  package var scan: ScanFacts?
  /// What grew since an earlier moment, where one is known.
  package internal(set) var growthVerdict: GrowthVerdict?

  package var objects: Int64 { groups.sum(\.objects) }
  package var bytes: Int64 { groups.sum(\.bytes) }
  package var suppressedObjects: Int64 { suppressions.sum(\.objects) }

  init(
    _ collector: LeakCollector, of reader: KmemleakReader, snapshot: Snapshot,
    modules: ModuleMap = ModuleMap()
  ) {
    let found = collector.findings()
    groups = found.groups
    suppressions = found.rules
    moment = Moment(snapshot)
    text = LeakTextFacts(reader, repeated: collector.repeated)
    comparison = collector.comparison
    object = collector.wantedObject
    movedModules = modules.moved
    clock = LeakClock(
      config: snapshot.hz, upTime: snapshot.host.upTime, jiffies: Self.jiffies(of: found.groups))
  }

  private static func jiffies(of groups: [LeakGroup]) -> ClosedRange<UInt64>? {
    let ranges = groups.compactMap(\.jiffies)
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return low...high
  }

  /// The ages of a group in seconds, the youngest and the oldest, and whether they were computed.
  package func ages(of group: LeakGroup) -> (youngest: Double, oldest: Double, isComputed: Bool)? {
    if let ages = group.ages {
      return (Double(ages.lowerBound) / 1000, Double(ages.upperBound) / 1000, false)
    }
    guard let clock, let jiffies = group.jiffies, let oldest = clock.age(jiffies.lowerBound),
      let youngest = clock.age(jiffies.upperBound)
    else { return nil }
    return (youngest, oldest, true)
  }
}
