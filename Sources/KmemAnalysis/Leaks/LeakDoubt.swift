import KmemParsers
package import KmemSnapshot

/// Why a report without leaks is no evidence that there are none.
package enum LeakDoubt: Hashable, Sendable {
  case trouble(ScanFacts.Trouble)
  /// Fewer than two scans were complete: so many.
  case fewScans(complete: Int)
  case disabledBeforeEnd
  /// A line of the kernel log tells that kmemleak has failed.
  case alarm(String)
  /// Objects of the report that can't be read, of how many.
  case unreadable(objects: Int, of: Int)
}

extension ScanFacts {
  /// Why the scans are no evidence; empty if they are.
  package var doubts: [LeakDoubt] {
    var doubts: [LeakDoubt] = []
    if let trouble {
      doubts.append(.trouble(trouble))
    } else {
      if completeScans.count < 2 { doubts.append(.fewScans(complete: completeScans.count)) }
      if isAliveAtEnd == false { doubts.append(.disabledBeforeEnd) }
    }
    return doubts + alarms.map(LeakDoubt.alarm)
  }

  /// The lines of a kernel log that tell that kmemleak has failed.
  package static func alarms(in log: [String]) -> [String] {
    let lines = KmemleakLog(lines: log)
    return [lines.reason?.line, lines.disabled].compactMap(\.self)
  }
}

extension LeakReport {
  /// Why a report without leaks would be no evidence; empty if it is.
  package var doubts: [LeakDoubt] {
    let unread: [LeakDoubt] =
      text.counts.malformed > 0
      ? [.unreadable(objects: text.counts.malformed, of: text.counts.headers)] : []
    return (scan?.doubts ?? []) + unread
  }
}
