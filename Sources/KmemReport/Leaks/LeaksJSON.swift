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
      "groups": .streamed(report.groups.count) { write(report.groups[$1], in: report, to: &$0) },
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

  private static func write(
    _ group: LeakGroup, in report: LeakReport, to json: inout JSONWriter
  ) {
    let (ages, culprit) = (report.ages(of: group), group.culprit)
    json.member("ageIsComputed", ages?.isComputed)
    json.member("ageMissing", ages == nil ? missingAge(group, in: report) : nil)
    json.member("bytes", group.bytes)
    json.member("certainty", group.sightings == nil ? nil : group.certainty.rawValue)
    write(group.comms, as: "comms", to: &json) {
      $0.member("comm", $1)
      $0.member("objects", $2)
    }
    write(group.contents, as: "contents", to: &json) {
      $0.member("content", $1.name)
      $0.member("objects", $2)
    }
    if let culprit {
      json.object("culprit") { write(culprit, to: &$0) }
    } else {
      json.member("culprit", .null)
    }
    json.objects("examples", group.examples) {
      $0.member("address", LeakFormat.address($1.address))
      $0.member("line", Int64($1.line))
    }
    json.member("fingerprint", group.fingerprint)
    json.member("firstJiffies", group.jiffies.map { Int64(clamping: $0.lowerBound) })
    json.objects("frames", group.frames) { write($1, to: &$0) }
    json.member("growth", group.growth.map(growth) ?? .null)
    json.member("held", group.held)
    json.objects("holders", group.rankedHolders) {
      $0.member("fingerprint", $1.holder.fingerprint)
      $0.member("objects", $1.objects)
      $0.member("sameGroup", $1.holder.isSameGroup)
    }
    writeRest(of: group, in: report, to: &json)
  }

  /// The members behind `holders`.
  private static func writeRest(
    of group: LeakGroup, in report: LeakReport, to json: inout JSONWriter
  ) {
    let (ages, culprit) = (report.ages(of: group), group.culprit)
    write(group.kinds, as: "kinds", to: &json) {
      $0.member("kind", $1.name)
      $0.member("objects", $2)
    }
    json.member("lastJiffies", group.jiffies.map { Int64(clamping: $0.upperBound) })
    json.member("mayBeTruncated", group.mayBeTruncated)
    json.member("module", culprit?.module)
    json.member("new", group.news?.new)
    json.member("newestSeconds", JSONValue(ages?.youngest))
    json.member(
      "noStack", group.frames.isEmpty ? LeakFormat(group, in: report).noStack : nil)
    json.member("objects", group.objects)
    json.member("oldestSeconds", JSONValue(ages?.oldest))
    json.member("onlyCounted", group.unseen)
    write(group.pids, as: "pids", to: &json) {
      $0.member("objects", $2)
      $0.member("pid", $1)
    }
    json.member("readings", JSONValue(group.sightings?.readings))
    json.member("seenIn", JSONValue(group.sightings?.seen))
    write(group.sizes, as: "sizes", to: &json) {
      $0.member("objects", $2)
      $0.member("size", Int64(clamping: $1))
    }
    json.member("source", culprit?.line.map(line) ?? .null)
    json.member("stacks", Int64(group.stacks))
    json.member("still", group.news?.still)
    write(group.texts, as: "texts", to: &json) {
      $0.member("objects", $2)
      $0.member("text", $1)
    }
  }

  private static func missingAge(_ group: LeakGroup, in report: LeakReport) -> String {
    let words = LeakFormat(group, in: report)
    return words.clockNote.map { "\(words.age); \($0)" } ?? words.age
  }

  private static func write(_ frame: LeakFrame, to json: inout JSONWriter) {
    json.member("function", frame.symbol)
    json.member("inline", frame.isInline)
    json.member("lines", .array(frame.lines.map(line)))
    json.member("module", frame.module)
    json.member("moduleFromRecordedList", frame.isResolved)
    json.member("passedOver", frame.passedOver?.name)
    json.member("source", frame.source)
    json.member("text", frame.text)
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

  /// Counts by value, each with the members that the closure writes of the value and its objects.
  private static func write<Value>(
    _ tally: Histogram<Value>, as name: StaticString, to json: inout JSONWriter,
    _ members: (inout JSONWriter, Value, Int64) -> Void
  ) {
    json.object(name) {
      $0.member("others", tally.others)
      $0.objects("values", tally.ranked) { members(&$0, $1.value, $1.count) }
    }
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
      "frames": .streamed(object.frames.count) { write(object.frames[$1], to: &$0) },
    ])
  }
}
