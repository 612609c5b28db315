package import KmemAnalysis
package import KmemSnapshot

/// The programs that hold memory, as a JSON document, `kmemcheck.processes/1`.
package enum ProcessesJSON {
  /// The document; `processes` or `groups` is empty, depending on the grouping.
  package static func document(_ top: ProcessTop) -> JSONValue {
    let isGrouped = top.grouping != nil
    return .object([
      "schema": .string("kmemcheck.processes/1"), "moment": JSONValue(top.moment),
      "seconds": JSONValue(top.seconds), "sortedBy": .string(top.order.rawValue),
      "by": JSONValue(top.grouping?.rawValue), "memoryTotal": JSONValue(top.memory),
      "coverage": JSONValue(top.coverage), "total": sums(top.total, gained: top.gained),
      "processes": .array(isGrouped ? [] : top.rows.map(process)),
      "groups": .array(isGrouped ? top.rows.map(group) : []),
    ])
  }

  private static func process(_ row: ProcessTop.Row) -> JSONValue {
    JSONValue(
      row.process,
      adding: [
        "user": JSONValue(row.user), "gained": JSONValue(row.gained), "isNew": .bool(row.isNew),
      ])
  }

  private static func group(_ row: ProcessTop.Row) -> JSONValue {
    .object([
      "name": .string(row.name), "largest": JSONValue(row.process.pid),
      "sums": sums(row.sums, gained: row.gained),
    ])
  }

  private static func sums(_ sums: ProcessSums, gained: Int64?) -> JSONValue {
    .object([
      "processes": JSONValue(sums.processes), "measured": JSONValue(sums.measured),
      "uss": sum(sums.uss), "pss": sum(sums.pss), "rss": sum(sums.rss), "vss": sum(sums.vss),
      "swap": sum(sums.swap), "pageTables": sum(sums.pageTables),
      "descriptors": sum(sums.descriptors), "threads": .int(sums.threads),
      "gained": JSONValue(gained),
    ])
  }

  private static func sum(_ sum: ProcessSums.Sum) -> JSONValue {
    .object([
      "value": sum.isUnknown ? .null : .int(sum.bytes), "isEstimate": .bool(sum.isEstimate),
      "isPartial": .bool(sum.isPartial),
    ])
  }
}

extension JSONValue {
  /// One process's memory, with where the numbers come from.
  init(_ process: ProcessMemory, adding others: [String: JSONValue] = [:]) {
    let members: [String: JSONValue] = [
      "pid": JSONValue(process.pid),
      "startTicks": JSONValue(process.startTime.flatMap(Int64.init(exactly:))),
      "name": .string(process.name), "commandLine": JSONValue(process.commandLine),
      "userID": JSONValue(process.userID.map(Int64.init)), "threads": JSONValue(process.threads),
      "minorFaults": JSONValue(process.minorFaults), "majorFaults": JSONValue(process.majorFaults),
      "descriptors": JSONValue(process.descriptors),
      "descriptorsAreEstimated": .bool(process.descriptorsAreEstimated),
      "origin": .string(process.origin.rawValue), "vss": JSONValue(process.vss),
      "rss": JSONValue(process.rss), "pss": JSONValue(process.pss), "uss": JSONValue(process.uss),
      "swap": JSONValue(process.swap), "rssAnon": JSONValue(process.anonymous),
      "pageTables": JSONValue(process.pageTables), "hugetlb": JSONValue(process.hugetlb),
    ]
    self = .object(members.merging(others) { own, _ in own })
  }
}

extension JSONValue {
  /// How many processes there were, and of how many the memory could be measured.
  package init(_ coverage: ProcessCoverage) {
    self = .object([
      "processes": JSONValue(coverage.processes),
      "kernelThreads": JSONValue(coverage.kernelThreads),
      "measured": JSONValue(coverage.measured), "denied": JSONValue(coverage.denied),
      "skipped": JSONValue(coverage.skipped), "absent": JSONValue(coverage.absent),
      "othersHidden": .bool(coverage.hidesOthers),
    ])
  }
}
