package import KmemAnalysis
package import KmemSnapshot

/// What was watched, as a JSON document, `kmemcheck.watch/2`.
package enum WatchJSON {
  /// The document; rates are per second, in bytes or as counts.
  ///
  /// A trace that followed is in it whole.
  package static func document(_ report: WatchReport, _ trace: TraceReport? = nil) -> JSONValue {
    let traced = trace.map { ["trace": TraceJSON.document($0)] } ?? [:]
    return .object(members(report).merging(traced) { own, _ in own })
  }

  private static func members(_ report: WatchReport) -> [String: JSONValue] {
    let facts = report.facts
    return [
      "schema": .string("kmemcheck.watch/2"), "hostname": JSONValue(facts.hostname),
      "release": JSONValue(facts.release), "bootID": JSONValue(facts.bootID),
      "origin": JSONValue(facts.origin), "start": JSONValue(facts.firstWall.flatMap(Dates.iso)),
      "end": JSONValue(facts.lastWall.flatMap(Dates.iso)), "seconds": .double(report.seconds),
      "recordedSeconds": .double(facts.recorded), "samples": JSONValue(report.samples),
      "series": JSONValue(report.series), "interrupted": .bool(facts.isInterrupted),
      "system": report.inUse.map(row) ?? .null, "sides": .array(report.sides.map(row)),
      "growing": .array(report.growing.map(row)), "lines": .array(report.lines.map(row)),
      "caches": .array(report.caches.map(row)), "open": .array(report.open.map(row)),
      "remarks": JSONValue(facts.remarks.map(\.sentence)),
      "next": JSONValue(facts.next.flatMap(\.sentences)),
      "verdict": .object([
        "word": .string(report.conclusion.rawValue), "finding": .bool(report.isFinding),
        "culprit": report.culprit.map { .object(JSONValue.series($0.id)) } ?? .null,
        "place": report.place.map { .object(JSONValue.series($0.id)) } ?? .null,
        "secondsNeeded": JSONValue(report.secondsNeeded),
        "sentence": .string(WatchVerdict(report).sentence),
      ]),
    ]
  }

  private static func row(_ row: WatchRow) -> JSONValue {
    let verdict = row.verdict
    let reason = [TrendWords(verdict).sentence, row.explanation?.sentence].compactMap(\.self)
    return [
      "side": JSONValue(row.side?.rawValue), "unit": .unit(row.unit),
      "latest": JSONValue(row.latest), "gained": JSONValue(row.gained),
      "verdict": .string(verdict.conclusion.rawValue), "perSecond": JSONValue(verdict.rate),
      "low": JSONValue(verdict.low), "high": JSONValue(verdict.high),
      "samples": JSONValue(verdict.samples), "samplesEach": JSONValue(verdict.samplesEach),
      "seconds": JSONValue(verdict.seconds),
      "warmUpSeconds": .double(verdict.warmUp), "noise": .double(verdict.noise),
      "chance": .double(verdict.chance), "secondsNeeded": JSONValue(verdict.secondsNeeded),
      "exhaustionSeconds": JSONValue(verdict.exhaustion),
      "reason": .string(reason.joined(separator: " ")),
      "owners": .array(row.owners.map { .candidate($0, share: nil) }),
    ].adding(JSONValue.series(row.id))
  }
}
