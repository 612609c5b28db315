package import KmemAnalysis
package import KmemSnapshot

/// The difference of two moments as a JSON document, `kmemcheck.diff/2`.
package enum DiffJSON {
  /// The document; classes and lists that one side lacks are named with the reason.
  package static func document(_ report: DiffReport) -> JSONValue {
    let growth = report.growth
    var members: [String: JSONValue] = [
      "schema": .string("kmemcheck.diff/2"), "kind": .string(kind(growth.kind)),
      "from": JSONValue(growth.before), "to": JSONValue(growth.after),
      "seconds": JSONValue(growth.seconds), "remarks": JSONValue(growth.remarks),
      "memTotal": .change(growth.total, [:]), "memAvailable": .change(growth.available, [:]),
      "classes": .array(growth.classes.map(memoryClass)),
      "counts": .array(growth.counts.map(count)),
      "lines": .array(growth.lines.map(line)),
      "cgroups": .array(
        report.cgroups.map {
          .object(["path": .string($0.path), "anonymousGained": .int($0.anonymous)])
        }),
      "meetings": .array(growth.crossChecks.map(JSONValue.meeting)), "verdict": verdict(report),
      "owners": .owners(report.attributions), "ledger": .ledger(report.ledger),
    ]
    for list in lists(report) { members.merge(list) { first, _ in first } }
    return .object(members)
  }

  private static func lists(_ report: DiffReport) -> [[String: JSONValue]] {
    let growth = report.growth
    return [
      JSONValue.list("caches", growth.caches, cache),
      JSONValue.list("vmallocCallers", growth.vmallocCallers, caller),
      JSONValue.list("allocTags", growth.allocationSites, tag),
      JSONValue.list("modules", growth.modules, module),
      JSONValue.list("processes", report.processes, process),
      JSONValue.list("openFileHolders", report.openFiles, holder),
      JSONValue.list("zones", growth.zones) {
        .change($0.bytes, ["zone": .string($0.name)])
      },
    ]
  }

  private static func process(_ change: ProcessGrowth.Change) -> JSONValue {
    JSONValue(
      change.process,
      adding: [
        "gained": JSONValue(change.gained), "isNew": .bool(change.isNew),
        "descriptorsGained": JSONValue(change.descriptors),
      ])
  }

  private static func holder(_ holder: OpenFileGain) -> JSONValue {
    .object([
      "name": .string(holder.name), "pid": JSONValue(holder.pid),
      "processes": JSONValue(holder.processes), "gained": .int(holder.gained),
      "isEstimate": .bool(holder.isEstimate),
    ])
  }

  private static func kind(_ kind: Growth.Kind) -> String {
    switch kind {
    case .growth: "growth"
    case .levels: "levels"
    case .comparison: "comparison"
    case .assumed: "assumed growth"
    }
  }

  private static func memoryClass(_ change: ClassChange) -> JSONValue {
    .change(
      change.bytes,
      [
        "id": .string(change.memoryClass.rawValue), "title": .string(change.memoryClass.title),
        "side": .string(change.memoryClass.side.rawValue), "origin": .string(change.origin.words),
        "reason": JSONValue(change.missingWords),
        "oneSided": .array(change.oneSided.map { .string($0.title) }),
        "rounding": .int(change.rounding),
      ])
  }

  private static func cache(_ cache: CacheChange) -> JSONValue {
    .listed(
      cache.bytes, cache.objects, "objects",
      [
        "name": .string(cache.name), "id": .string(cache.name),
        "title": .string(SeriesID.slabCache(cache.name).title),
        "aliases": JSONValue(cache.aliases),
        "objectSize": .int(cache.objectSize), "reclaimable": JSONValue(cache.isReclaimable),
        "side": .string(cache.side.rawValue), "meaning": .meaning(cache.meaning),
        "rounding": .int(cache.rounding),
      ])
  }

  private static func caller(_ change: NamedChange<VmallocCaller>) -> JSONValue {
    .listed(
      change.bytes, change.count, "areas",
      ["caller": .string(change.name.caller), "module": JSONValue(change.name.module)])
  }

  private static func tag(_ change: NamedChange<AllocationSite>) -> JSONValue {
    .listed(
      change.bytes, change.count, "calls",
      [
        "function": .string(change.name.function), "file": .string(change.name.file),
        "line": JSONValue(change.name.line), "module": JSONValue(change.name.module),
      ])
  }

  private static func module(_ module: ModuleChange) -> JSONValue {
    .change(
      module.size,
      [
        "name": .string(module.name), "change": .string(module.kind.rawValue),
        "taints": .string(module.taints), "outOfTree": .bool(module.isOutOfTree),
      ])
  }

  private static func count(_ count: CountChange) -> JSONValue {
    .change(
      count.count,
      [
        "id": .string(count.things.rawValue), "title": .string(count.things.title),
        "side": .string(count.things.side.rawValue), "origin": .string(count.things.origin),
      ])
  }

  private static func line(_ line: NamedChange<String>) -> JSONValue {
    .object([
      "name": .string(line.name), "bytes": JSONValue(line.bytes.growth),
      "count": JSONValue(line.count.growth),
    ])
  }

  private static func gaps(_ gaps: GrowthGaps) -> JSONValue {
    .object([
      "oneSided": .array(gaps.oneSided.map { .string($0.title) }),
      "absent": .array(gaps.absent.map { .string($0.title) }),
      "isContainer": .bool(gaps.isContainer),
    ])
  }

  private static func verdict(_ report: DiffReport) -> JSONValue {
    let verdict = report.growth.verdict
    return .object([
      "word": .string(verdict.conclusion.rawValue),
      "sentence": .string(DiffVerdict(report).sentence), "noiseFloor": .int(verdict.floor),
      "rounding": .int(verdict.rounding),
      "unexplained": .int(verdict.sides.unexplained),
      "grown": .array(verdict.grown.map { .string($0.rawValue) }),
      "isWhole": .bool(verdict.gaps.isEmpty), "gaps": gaps(verdict.gaps),
      "sides": .object(
        Dictionary(
          uniqueKeysWithValues: MemorySide.inUse.map { ($0.rawValue, .int(verdict.sides[$0])) })),
    ])
  }
}
