package import KmemAnalysis
package import KmemSnapshot

/// What a command left behind in the kernel, as a JSON document, `kmemcheck.check/2`.
package enum CheckJSON {
  /// The document of one check.
  package static func document(_ report: CheckReport) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.check/2"),
      "command": JSONValue(report.command), "wantedIterations": JSONValue(report.wanted),
      "iterations": .array(
        report.iterations.map {
          .object([
            "startSeconds": JSONValue($0.start), "seconds": JSONValue($0.seconds),
            "status": .int(Int64($0.status)),
          ])
        }),
      "interrupted": .bool(report.isInterrupted),
      "releases": JSONValue(CheckSentences(report).drops),
      "leaks": report.leaks.map(LeaksJSON.document) ?? .null,
      "kmemleakMissing": JSONValue(report.kmemleakAbsence?.words),
      "lostPerIteration": report.lostPerIteration.map(losses) ?? .null,
      "growth": DiffJSON.document(report.diff),
      "series": .array(report.series.map(series)),
      "leftProcesses": report.leftProcesses.map { .array($0.map(process)) } ?? .null,
      "sampledAfter": .array(report.sampledAfter.map { .int(Int64($0)) }),
      "trace": report.trace.map(TraceJSON.document) ?? .null,
      "programs": report.programs.map { programs($0, report.command) } ?? .null,
      "bound": report.bound.map(bound) ?? .null,
      "verdict": .object([
        "word": .string(report.judgement.rawValue),
        "sentence": .string(CheckSentences(report).wholeVerdict),
      ]),
    ])
  }

  private static func process(_ process: ChildProcess) -> JSONValue {
    .object([
      "pid": .int(Int64(process.pid)), "comm": .string(process.comm),
      "anonymous": JSONValue(process.anonymous),
    ])
  }

  private static func programs(_ check: ProgramCheck, _ command: [String]) -> JSONValue {
    let words = ProgramCheckWords(check, command: command)
    return .object([
      "tool": .string(check.tool.name), "report": ProgramLeaksJSON.document(check.report),
      "word": .string(check.judgement.rawValue),
      "doubts": JSONValue(words.doubts),
    ])
  }

  private static func bound(_ bound: CheckBound) -> JSONValue {
    .object([
      "bytes": .int(bound.bytes), "smaller": .int(bound.smaller),
      "iterations": .int(Int64(bound.iterations)),
    ])
  }

  private static func losses(_ losses: IterationLosses) -> JSONValue {
    .object([
      "typical": .int(losses.typical), "mean": JSONValue(losses.mean),
      "found": .array(losses.found.map { .int($0) }), "trend": trend(losses.trend),
    ])
  }

  private static func series(_ series: CheckSeries) -> JSONValue {
    [
      "side": .string(series.side.rawValue),
      "values": .array(series.values.map { JSONValue($0) }), "growth": .int(series.growth),
      "leaks": .bool(series.isLeak), "slack": .int(series.slack),
      "ownShare": .int(series.ownShare), "explanation": JSONValue(series.explanation?.words),
      "trend": trend(series.trend),
    ].adding(JSONValue.series(series.id))
  }

  private static func trend(_ trend: IterationTrend) -> JSONValue {
    .object([
      "word": .string(trend.word.rawValue), "perIteration": JSONValue(trend.perIteration),
      "low": JSONValue(trend.low), "high": JSONValue(trend.high),
      "warmUpIterations": JSONValue(trend.warmUp), "warmUpGrowth": .int(trend.warmUpGrowth),
      "iterationsNeeded": JSONValue(trend.iterationsNeeded),
      "reason": .string(IterationWords(trend).sentence),
    ])
  }
}
