package import KmemAnalysis
import KmemParsers
package import KmemSnapshot

/// The reports in a kernel log as a JSON document, `kmemcheck.reports/1`.
package enum ShortageJSON {
  /// The document: all reports, the oldest first; the verdict is that of the last.
  package static func document(_ shortages: [Shortage], origin: String) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.reports/1"), "origin": .string(origin),
      "reports": .array(shortages.map(report)),
      "verdict": JSONValue(shortages.last.map { "Verdict: " + $0.sentence }),
    ])
  }

  private static func report(_ shortage: Shortage) -> JSONValue {
    let report = shortage.report
    return .object([
      "line": JSONValue(report.line), "upSeconds": JSONValue(report.time),
      "clock": JSONValue(report.clock), "trigger": JSONValue(report.trigger?.rawValue),
      "release": JSONValue(report.release), "panic": .bool(report.isPanic),
      "killer": JSONValue(report.killer?.rawValue),
      "endedGroup": JSONValue(report.endedGroup?.path), "request": request(report),
      "killed": .array(report.kills.map(kill)),
      "total": JSONValue(shortage.total), "pageSize": JSONValue(report.pageSize),
      "holders": .array(shortage.holders.map(holder)),
      "free": .array(
        shortage.zones.map {
          .object([
            "node": JSONValue($0.node), "zone": .string($0.zone), "free": JSONValue($0.free),
            "min": JSONValue($0.min), "managed": JSONValue($0.managed),
            "freeBlocks": .array(
              $0.fragmentation?.freeBlocks.map { JSONValue(Int64(exactly: $0)) } ?? []),
          ])
        }),
      "slabs": .array(
        report.slabs.map {
          .object([
            "name": .string($0.name), "bytes": .int(Int64(clamping: $0.total)),
            "used": .int(Int64(clamping: $0.used)),
          ])
        }),
      "tasks": .array(report.tasks.largest.map { task($0, pageSize: Int64(report.pageSize)) }),
      "taskCount": JSONValue(report.tasks.count), "cause": .string(shortage.verdict.cause.id),
      "sentence": .string(shortage.sentence),
    ])
  }

  private static func request(_ report: MemoryReport) -> JSONValue {
    .object([
      "command": JSONValue(report.command), "order": JSONValue(report.request.order),
      "flags": JSONValue(report.request.names),
      "mask": JSONValue(report.request.mask.map { "0x\(String($0, radix: 16))" }),
      "nodes": JSONValue(report.request.nodes), "constraint": JSONValue(report.constraint),
    ])
  }

  private static func kill(_ process: KilledProcess) -> JSONValue {
    .object([
      "pid": JSONValue(process.pid), "name": .string(process.name),
      "bytes": JSONValue(process.bytes), "ofCgroup": .bool(process.isOfCgroup),
    ])
  }

  private static func holder(_ holder: Shortage.Holder) -> JSONValue {
    .object([
      "id": .string(holder.memoryClass.rawValue), "title": .string(holder.noun),
      "side": .string(holder.memoryClass.side.rawValue), "bytes": .int(holder.bytes),
      "part": JSONValue(holder.part), "countsFiles": .bool(holder.countsFiles),
    ])
  }

  private static func task(_ task: TaskTable.Task, pageSize: Int64) -> JSONValue {
    func bytes(_ pages: UInt64) -> JSONValue {
      let product = Int64(clamping: pages).multipliedReportingOverflow(by: pageSize)
      return product.overflow ? .null : .int(product.partialValue)
    }
    return .object([
      "pid": JSONValue(task.pid), "name": .string(task.name), "rss": bytes(task.rss),
      "swap": task.swap.map(bytes) ?? .null, "adjustment": JSONValue(task.adjustment),
    ])
  }
}
