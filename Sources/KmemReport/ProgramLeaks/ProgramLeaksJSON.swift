package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// A report on programs' leaks as JSON: `kmemcheck.program-leaks/1`.
package enum ProgramLeaksJSON {
  /// The whole document.
  package static func document(_ report: ProgramLeakReport) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.program-leaks/1"), "name": .string(report.name),
      "processes": .array(report.processes.map(process)),
      "groups": .made(report.groups.count) { group(report.groups[$0]) },
      "totals": .array(report.totals.map { total($0.kind, $0.amount) }),
      "errors": .array(
        report.errors.map { .object(["text": .string($0.text), "count": JSONValue($0.count)]) }),
      "otherTools": JSONValue(report.otherTools), "failures": JSONValue(report.failures),
      "faults": .array(
        report.remarks.map {
          .object(["line": JSONValue($0.line), "reason": .string($0.reason)])
        }),
      "suppressions": .array(report.suppressions.map { $0.json(of: "blocks") }),
      "baseline": report.comparison.map { .object($0.members) } ?? .null,
      "verdict": .object([
        "word": .string(report.judgement.rawValue),
        "sentence": .string(ProgramLeaksVerdict(report).sentence),
      ]),
    ])
  }

  private static func process(_ process: ProgramLeakProcess) -> JSONValue {
    let sums = ProgramLeakKind.allCases.compactMap { kind in
      process.sums[kind].map { total(kind, $0) }
    }
    return .object([
      "tool": .string(process.tool.name), "pid": JSONValue(process.process),
      "command": JSONValue(process.command), "answered": .bool(process.isAnswered),
      "sums": .array(sums), "inUseBytes": JSONValue(process.inUse?.bytes),
      "inUseBlocks": JSONValue(process.inUse?.blocks),
    ])
  }

  private static func total(_ kind: ProgramLeakKind, _ amount: ProgramLeakAmount) -> JSONValue {
    .object([
      "kind": .string(kind.words), "leak": .bool(kind.isLeak), "bytes": .int(amount.bytes),
      "blocks": .int(amount.blocks),
    ])
  }

  private static func group(_ group: ProgramLeakGroup) -> JSONValue {
    .object([
      "tool": .string(group.tool.name), "kind": .string(group.kind.words),
      "leak": .bool(group.kind.isLeak), "fingerprint": .string(group.fingerprint),
      "bytes": .int(group.amount.bytes), "blocks": .int(group.amount.blocks),
      "indirectBytes": .int(group.indirectBytes), "listed": .bool(group.isListed),
      "mixed": .bool(group.isMixed), "line": JSONValue(group.isListed ? group.line : nil),
      "culprit": group.culprit.map(frame) ?? .null, "frames": .array(group.frames.map(frame)),
      "processes": .array(
        group.processes.sorted { $0.key < $1.key }.map {
          .object([
            "pid": .int($0.key), "bytes": .int($0.value.bytes), "blocks": .int($0.value.blocks),
          ])
        }),
      "new": JSONValue(group.news?.new), "still": JSONValue(group.news?.still),
      "suppression": JSONValue(group.suppression),
    ])
  }

  private static func frame(_ frame: ProgramLeakFrame) -> JSONValue {
    .object([
      "name": .string(frame.name), "function": JSONValue(frame.place.function),
      "file": JSONValue(frame.place.file), "line": JSONValue(frame.place.line),
      "object": JSONValue(frame.place.object), "offset": JSONValue(frame.place.offset),
      "passedOver": JSONValue(frame.passedOver?.name),
    ])
  }
}
