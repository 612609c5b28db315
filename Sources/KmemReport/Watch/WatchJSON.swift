package import KmemAnalysis

/// What was watched as a JSON document, `kmemcheck.watch/1`.
package enum WatchJSON {
  package static func document(_ report: WatchReport) -> JSONValue {
    let facts = report.facts
    return .object([
      "schema": .string("kmemcheck.watch/1"), "hostname": JSONValue(facts.hostname),
      "release": JSONValue(facts.release), "bootID": JSONValue(facts.bootID),
      "origin": JSONValue(facts.origin), "start": JSONValue(facts.firstWall.flatMap(Dates.iso)),
      "end": JSONValue(facts.lastWall.flatMap(Dates.iso)), "seconds": .double(report.seconds),
      "recordedSeconds": .double(facts.recorded), "samples": JSONValue(report.samples),
      "series": JSONValue(report.series), "interrupted": .bool(facts.isInterrupted),
      "system": report.inUse.map(row) ?? .null, "sides": .array(report.sides.map(row)),
      "growing": .array(report.growing.map(row)), "lines": .array(report.lines.map(row)),
      "caches": .array(report.caches.map(row)), "open": .array(report.open.map(row)),
      "remarks": JSONValue(facts.remarks), "next": JSONValue(facts.next),
      "verdict": .object([
        "word": .string(report.word.rawValue), "finding": .bool(report.isFinding),
        "culprit": report.culprit.map(name) ?? .null, "place": report.place.map(name) ?? .null,
        "secondsNeeded": JSONValue(report.secondsNeeded),
        "sentence": .string(WatchVerdict(report).sentence),
      ]),
    ])
  }

  private static func name(_ row: WatchRow) -> JSONValue {
    .object(["kind": .string(row.subject.kind.rawValue), "name": .string(row.subject.name)])
  }

  private static func row(_ row: WatchRow) -> JSONValue {
    let verdict = row.verdict
    return .object([
      "kind": .string(row.subject.kind.rawValue), "name": .string(row.subject.name),
      "role": .string(row.role.rawValue), "unit": .string(unit(row)),
      "latest": JSONValue(row.latest), "gained": JSONValue(row.gained),
      "verdict": .string(verdict.word.rawValue), "perSecond": JSONValue(verdict.rate),
      "low": JSONValue(verdict.low), "high": JSONValue(verdict.high),
      "samples": JSONValue(verdict.samples), "seconds": JSONValue(verdict.seconds),
      "warmUpSeconds": .double(verdict.warmUp), "noise": .double(verdict.noise),
      "chance": .double(verdict.chance), "secondsNeeded": JSONValue(verdict.secondsNeeded),
      "exhaustionSeconds": JSONValue(verdict.exhaustion),
      "reason": .string(verdict.reason + (row.explanation.map { " \($0)" } ?? "")),
      "owners": .array(row.owners.map { .candidate($0, share: nil) }),
    ])
  }

  private static func unit(_ row: WatchRow) -> String {
    switch row.unit {
    case .bytes: "bytes"
    case .count(let things): things
    }
  }
}
