package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// A kmemleak report as JSON: `kmemcheck.leaks/1`.
package enum LeaksJSON {
  /// The whole document.
  package static func document(_ report: LeakReport) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.leaks/1"), "moment": JSONValue(report.moment),
      "objects": .int(report.objects), "bytes": .int(report.bytes),
      "groups": .made(report.groups.count) { group(report.groups[$0], in: report) },
      "text": text(report.text), "clock": clock(report.clock),
      "suppressions": .array(report.suppressions.map { $0.json(of: "objects") }),
      "suppressedObjects": .int(report.suppressedObjects),
      "skippedFrames": .array(report.frameRules.map { rule($0, in: report) }),
      "baseline": comparison(report.comparison),
      "scan": report.scan.map(scan) ?? .null,
      "movedModules": JSONValue(report.movedModules.sorted()),
      "sources": sources(report),
      "object": report.object.map { object($0, in: report) } ?? .null,
      "verdict": .object([
        "word": .string(report.judgement.rawValue),
        "sentence": .string(LeaksVerdict(report).sentence),
        "worth": JSONValue(LeaksVerdict(report).worth),
      ]),
    ])
  }

  /// The whole document, with the leaks of programs that the same text reports as `programs`.
  package static func document(_ report: LeakReport, _ programs: ProgramLeakReport) -> JSONValue {
    guard case .object(var members) = document(report) else { return .null }
    members["programs"] = ProgramLeaksJSON.document(programs)
    return .object(members)
  }

  private static func group(_ group: LeakGroup, in report: LeakReport) -> JSONValue {
    let ages = report.ages(of: group)
    let culprit = group.culprit
    return .members([
      "ageIsComputed": JSONValue(ages?.isComputed),
      "ageMissing": ages == nil ? .string(missingAge(group, in: report)) : .null,
      "bytes": .int(group.bytes),
      "certainty": group.sightings == nil ? .null : .string(group.certainty.rawValue),
      "comms": tally(group.comms, "comm") { .string($0) },
      "contents": tally(group.contents, "content") { .string($0.name) },
      "culprit": culprit.map(frame) ?? .null,
      "examples": .array(
        group.examples.map {
          .members(["address": .string(LeakFormat.address($0.address)), "line": JSONValue($0.line)])
        }),
      "fingerprint": .string(group.fingerprint),
      "firstJiffies": JSONValue(group.jiffies.map { Int64(clamping: $0.lowerBound) }),
      "frames": .array(group.frames.map(frame)),
      "growth": group.growth.map(growth) ?? .null,
      "held": .int(group.held), "holders": holders(group),
      "kinds": tally(group.kinds, "kind") { .string($0.name) },
      "lastJiffies": JSONValue(group.jiffies.map { Int64(clamping: $0.upperBound) }),
      "mayBeTruncated": .bool(group.mayBeTruncated), "module": JSONValue(culprit?.module),
      "new": JSONValue(group.news?.new), "newestSeconds": JSONValue(ages?.youngest),
      "noStack": group.frames.isEmpty ? .string(LeakFormat(group, in: report).noStack) : .null,
      "objects": .int(group.objects), "oldestSeconds": JSONValue(ages?.oldest),
      "onlyCounted": .int(group.unseen), "pids": tally(group.pids, "pid") { .int($0) },
      "readings": JSONValue(group.sightings?.readings),
      "seenIn": JSONValue(group.sightings?.seen),
      "sizes": tally(group.sizes, "size") { .int(Int64(clamping: $0)) },
      "source": culprit?.line.map(line) ?? .null, "stacks": JSONValue(group.stacks),
      "still": JSONValue(group.news?.still),
      "texts": tally(group.texts, "text") { .string($0) },
    ])
  }

  private static func holders(_ group: LeakGroup) -> JSONValue {
    .array(
      group.rankedHolders.map { holder, objects in
        .object([
          "fingerprint": .string(holder.fingerprint), "sameGroup": .bool(holder.isSameGroup),
          "objects": .int(objects),
        ])
      })
  }

  private static func missingAge(_ group: LeakGroup, in report: LeakReport) -> String {
    let words = LeakFormat(group, in: report)
    return words.clockNote.map { "\(words.age); \($0)" } ?? words.age
  }

  private static func frame(_ frame: LeakFrame) -> JSONValue {
    .members([
      "function": JSONValue(frame.symbol), "inline": .bool(frame.isInline),
      "lines": .array(frame.lines.map(line)), "module": JSONValue(frame.module),
      "moduleFromRecordedList": .bool(frame.isResolved),
      "passedOver": JSONValue(frame.passedOver?.name), "source": JSONValue(frame.source),
      "text": .string(frame.text),
    ])
  }

  private static func line(_ line: SourceLine) -> JSONValue {
    .object([
      "function": .string(line.function), "file": .string(line.file),
      "line": JSONValue(line.line),
    ])
  }

  private static func sources(_ report: LeakReport) -> JSONValue {
    .object([
      "files": .array(
        report.symbolFiles.map {
          .object([
            "path": .string($0.path), "module": JSONValue($0.module),
            "sameBuild": .bool($0.isSameBuild),
          ])
        }),
      "notes": JSONValue(report.sourceNotes.sentences),
    ])
  }

  private static func tally<Value>(
    _ tally: Histogram<Value>, _ name: String, _ value: (Value) -> JSONValue
  ) -> JSONValue {
    .members([
      "others": .int(tally.others),
      "values": .array(
        tally.ranked.map {
          name < "objects"
            ? .members([name: value($0.value), "objects": .int($0.count)])
            : .members(["objects": .int($0.count), name: value($0.value)])
        }),
    ])
  }
}

extension LeaksJSON {
  private static func clock(_ clock: LeakClock?) -> JSONValue {
    guard let clock else { return .null }
    return .object([
      "hz": .int(Int64(clamping: clock.hz)), "origin": .string(clock.originWords),
      "upSeconds": JSONValue(clock.upTime),
    ])
  }

  private static func comparison(_ comparison: LeakComparison?) -> JSONValue {
    guard let comparison else { return .null }
    let boot = ["boot": JSONValue.string(comparison.boot.rawValue)]
    return .object(boot.merging(comparison.members) { first, _ in first })
  }

  private static func object(_ object: LeakObject, in report: LeakReport) -> JSONValue {
    .object([
      "address": .string(LeakFormat.address(object.address)),
      "kind": .string(object.kind.name), "size": .int(Int64(clamping: object.size)),
      "line": JSONValue(object.line), "comm": JSONValue(object.comm), "pid": JSONValue(object.pid),
      "jiffies": JSONValue(object.jiffies.map { Int64(clamping: $0) }),
      "ageMilliseconds": JSONValue(object.age.map { Int64(clamping: $0) }),
      "checksum": JSONValue(object.checksum.map { Int64($0) }),
      "content": .string(object.content.name), "text": JSONValue(object.text),
      "holders": JSONValue(object.holders.map(LeakFormat.address)),
      "bytes": .string(object.bytes.map(LeakObjectText.hex).joined()),
      "frames": .array(object.frames.map(frame)),
    ])
  }
}
