package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// The health of one moment as a JSON document, `kmemcheck.show/2`.
package enum ShowJSON {
  /// The document; where a list is missing, its reason stands beside it.
  package static func document(_ health: Health) -> JSONValue {
    var members: [String: JSONValue] = [
      "schema": .string("kmemcheck.show/2"), "moment": JSONValue(health.moment),
      "memory": books(health), "zones": .array(health.zones.map(zone)),
      "zonesMissing": JSONValue(health.zonesMissing?.words),
      "caches": health.slab.map { .array($0.caches.map { cache($0, health.cacheOwners) }) }
        ?? .null,
      "ledger": .ledger(health.ledger),
      "cachesMissing": JSONValue(health.slabMissing?.words),
      "cachesImpossible": JSONValue(health.slab?.impossible ?? []),
      "pressureSomeAvg10": JSONValue(health.pressure),
      "meetings": .array(health.crossChecks.map(JSONValue.meeting)),
      "findings": .array(health.findings.map(finding)),
      "accepted": .array(health.accepted.map(finding)),
      "incomplete": .array(health.gaps.map(gap)),
      "listedPrograms": programs(health.listedPrograms), "pageHolder": pages(health.pageHolder),
      "verdict": .string(ShowVerdict(health).sentence),
    ]
    let callers = JSONValue.list("vmallocCallers", health.vmallocCallers) {
      .object([
        "caller": .string($0.name.caller), "module": JSONValue($0.name.module),
        "bytes": .int($0.bytes), "areas": .int($0.count),
      ])
    }
    members.merge(callers) { first, _ in first }
    members.merge(JSONValue.list("allocTags", health.allocationSites, tag)) { first, _ in first }
    return .object(members)
  }

  private static func programs(_ programs: ListedPrograms?) -> JSONValue {
    guard let programs else { return .null }
    return .object([
      "form": .string(programs.form.words), "resident": .int(programs.resident),
      "rounding": .int(programs.error), "processes": JSONValue(programs.count),
      "isWhole": .bool(programs.isWhole), "largest": .string(programs.largest.name),
      "largestPid": JSONValue(programs.largest.pid),
      "largestResident": JSONValue(programs.largest.resident?.bytes),
    ])
  }

  private static func pages(_ holder: PageHolder?) -> JSONValue {
    guard let holder else { return .null }
    return .object([
      "function": JSONValue(holder.owner.function), "module": JSONValue(holder.owner.module),
      "bytes": .int(holder.bytes), "pages": .int(holder.pages), "total": .int(holder.total),
    ])
  }

  private static func books(_ health: Health) -> JSONValue {
    guard let books = health.books else {
      return .object([
        "classes": .null, "missing": .string(health.booksMissing),
        "known": .array(health.knownClasses.map(line)),
      ])
    }
    return .object([
      "total": .int(books.total), "available": JSONValue(health.availability?.bytes),
      "availableIsComputed": JSONValue(health.availability?.isComputed),
      "availableIsUpperBound": JSONValue(health.availability?.isUpperBound),
      "notes": JSONValue(books.notes.map(\.sentence)), "missing": .null,
      "classes": .array(books.lines.map(line)), "sides": sides(books),
    ])
  }

  private static func sides(_ books: Books) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: MemorySide.allCases.map { ($0.rawValue, .int(books.bytes($0))) }))
  }

  private static func line(_ line: Books.Line) -> JSONValue {
    .object([
      "id": .string(line.memoryClass.rawValue), "title": .string(line.memoryClass.title),
      "side": .string(line.memoryClass.side.rawValue), "bytes": JSONValue(line.bytes),
      "reason": JSONValue(line.missing?.words), "origin": .string(line.origin.words),
      "isUpperBound": JSONValue(line.isUpperBound), "rounding": .int(line.error),
    ])
  }

  private static func zone(_ zone: ZoneHealth) -> JSONValue {
    let orders = zone.fragmentation?.freeBlocks.indices.map { $0 } ?? []
    return .object([
      "node": JSONValue(zone.node), "zone": .string(zone.zone),
      "managed": JSONValue(zone.managed), "free": JSONValue(zone.free),
      "freeCMA": JSONValue(zone.freeCMA), "min": JSONValue(zone.min),
      "low": JSONValue(zone.low), "high": JSONValue(zone.high), "boost": JSONValue(zone.boost),
      "protection": .array(zone.protection.map(JSONValue.int)),
      "level": .string(zone.level.words),
      "freeBlocks": .array(
        zone.fragmentation?.freeBlocks.map { JSONValue(Int64(exactly: $0)) } ?? []),
      "unusableIndex": .array(
        orders.map { .double(Double(zone.fragmentation?.unusableIndex(order: $0) ?? 0) / 1000) }),
      "externalFragmentationIndex": .array(
        orders.map { .double(Double(zone.fragmentation?.externalIndex(order: $0) ?? 0) / 1000) }),
    ])
  }

  private static func cache(
    _ cache: SlabUsage.Cache, _ owners: [String: [Candidate]]
  ) -> JSONValue {
    .object([
      "name": .string(cache.name), "id": .string(cache.name),
      "title": .string(SeriesID.slabCache(cache.name).title), "rows": JSONValue(cache.rows),
      "bytes": .int(cache.bytes),
      "slabs": .int(cache.slabs), "objects": .int(cache.objects),
      "activeObjects": .int(cache.activeObjects), "objectSize": .int(cache.objectSize),
      "objectSizeRounding": .int(cache.objectSizeError), "rounding": .int(cache.error),
      "aliases": JSONValue(cache.aliases), "reclaimable": JSONValue(cache.isReclaimable),
      "side": .string(cache.side.rawValue), "meaning": .meaning(cache.meaning),
      "owners": .array((owners[cache.name] ?? []).map { .candidate($0, share: nil) }),
    ])
  }

  private static func tag(_ tag: NamedAmount<AllocationSite>) -> JSONValue {
    .object([
      "function": .string(tag.name.function), "file": .string(tag.name.file),
      "line": JSONValue(tag.name.line), "module": JSONValue(tag.name.module),
      "bytes": .int(tag.bytes), "calls": .int(tag.count),
    ])
  }

  private static func finding(_ finding: Finding) -> JSONValue {
    .object([
      "rule": .string(finding.rule.rawValue),
      "severity": .string(finding.severity.rawValue), "sentence": .string(finding.sentence),
      "remedy": .string(finding.remedy),
    ])
  }

  private static func gap(_ gap: SourceGap) -> JSONValue {
    var members: [String: JSONValue] = [
      "source": .string(gap.path), "sentence": .string(gap.sentence),
      "remedy": .string(gap.remedy),
    ]
    if case .lines(let completeness) = gap.kind {
      members["lines"] = JSONValue(completeness.lost)
      members["doubtfulLines"] = JSONValue(completeness.doubtful)
    }
    return .object(members)
  }
}
