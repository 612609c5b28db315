package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// A trace as JSON: `kmemcheck.trace/1`.
package enum TraceJSON {
  /// The whole document.
  package static func document(_ report: TraceReport) -> JSONValue {
    let record = report.record
    return .object([
      "schema": .string("kmemcheck.trace/1"), "release": JSONValue(record.release),
      "start": .int(record.wall), "seconds": JSONValue(record.seconds),
      "windowEnds": .array(record.windows.map { JSONValue($0) }),
      "engine": .string(record.engine.rawValue), "sampling": .int(record.sampling),
      "kinds": JSONValue(record.kinds.map(\.rawValue).sorted()),
      "cache": JSONValue(record.cache), "size": JSONValue(record.size),
      "pid": JSONValue(record.pid), "followed": .int(record.kept), "lost": .int(record.lost),
      "events": .int(record.seen), "missed": .int(record.missed),
      "lostPercent": JSONValue(report.lostPercent),
      "seesDelayedFrees": .bool(record.seesDelayedFrees),
      "costNanoseconds": JSONValue(record.cost), "processors": .int(record.processors),
      "interrupted": .bool(record.isInterrupted),
      "skippedFrames": JSONValue(report.frameRules.rules.map(\.pattern)),
      "groups": .array(report.groups.map { group($0, in: report) }),
      "unexplained": .array(
        report.unexplained.map {
          .object([
            "subject": subject($0.subject, in: report), "growthBytes": .int($0.growth),
            "tracedBytes": .int($0.traced),
          ])
        }),
      "verdict": .object([
        "word": .string(report.conclusion.rawValue),
        "sentence": .string(TraceVerdict(report).sentence),
        "next": JSONValue(TraceVerdict(report).next),
      ]),
    ])
  }

  /// Amounts are those of the sample: `sampling` is their factor.
  private static func group(_ group: TraceGroup, in report: TraceReport) -> JSONValue {
    .object([
      "evidence": .string("traced"), "judgement": .string(group.judgement.rawValue),
      "function": JSONValue(group.culprit?.symbol), "module": JSONValue(group.culprit?.module),
      "source": JSONValue(group.culprit?.lineText),
      "frames": JSONValue(group.frames.map(\.printed)), "stacks": JSONValue(group.stacks),
      "subject": subject(group.subject, in: report), "objects": .int(group.left),
      "bytes": .int(group.bytes),
      "allocated": .int(group.allocated), "freed": .int(group.freed),
      "freedProvenByReuse": .int(group.reused), "survival": JSONValue(group.course.survival),
      "objectsPerSecond": JSONValue(group.course.rate),
      "objectsPerSecondError": JSONValue(group.course.error),
      "course": course(group.course.shape), "bookGrowthBytes": JSONValue(group.growth),
    ])
  }

  private static func course(_ shape: TraceCourse.Shape) -> JSONValue {
    let (word, since, until): (String, Double?, Double?) =
      switch shape {
      case .steady(let since): ("steady", since, nil)
      case .stopped(let end): ("stopped", nil, end)
      case .uneven: ("uneven", nil, nil)
      case .tooShort: ("too short", nil, nil)
      }
    return .object([
      "word": .string(word), "sinceSeconds": JSONValue(since), "untilSeconds": JSONValue(until),
    ])
  }

  private static func subject(_ subject: TraceSubject, in report: TraceReport) -> JSONValue {
    switch subject {
    case .kmalloc(let size): .object(["kind": .string("kmalloc"), "size": .int(size)])
    case .largeKmalloc: .object(["kind": .string("large kmalloc")])
    case .cache(let name):
      .object([
        "kind": .string("cache"), "cache": JSONValue(name),
        "aliases": JSONValue(report.aliases(of: subject)),
      ])
    case .pages: .object(["kind": .string("pages")])
    case .percpu: .object(["kind": .string("percpu")])
    }
  }
}
