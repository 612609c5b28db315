import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemSources
import KmemSymbols

/// Puts together where modules lay during the boot that a report belongs to.
struct ModuleHistory {
  /// The machine of the report.
  let snapshot: Snapshot
  /// Snapshots of the same boot that are at hand anyway.
  var others: [Snapshot] = []
  /// What was noted of modules in the same boot.
  var noted: ModuleRecord?
  let sources: SourceLineOptions
  /// Whether the map is noted for later reports of the boot, which must know of modules unloaded by
  /// then.
  var isNoted = false

  /// The map from the report's own list, the others, the store's captures of the boot, and the
  /// record in `/run/kmemcheck`.
  func map() -> ModuleMap {
    var map = ModuleMap(snapshot)
    for other in others { map.add(other) }
    if let noted { map.add(noted) }
    if let boot = snapshot.host.bootID, !boot.isEmpty {
      for capture in Store.current.moduleLists(ofBoot: boot) { map.add(Snapshot(capture)) }
      if let record = ModuleRecordFile.contents(ofBoot: boot) { map.add(record: record.span) }
    }
    if let boot = snapshot.host.bootID, snapshot.kind == .live, isNoted, LiveFacts.isRoot {
      ModuleRecordFile.write(map.recordText, ofBoot: boot)
    }
    if !sources.noLines {
      map.code = ModuleFunctions(sources.places(release: snapshot.host.release))
    }
    return map
  }
}
