package import KmemParsers
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
  /// Records whose first lines are missing; so many, of which the first ones are known.
  case headless(objects: Int, first: HeadlessLeak?)
  /// The log says that scans found objects, and the text doesn't list them.
  case announced(KmemleakStatement)
  /// The log says that kmemleak works no more, or not well.
  case said(KmemleakStatement)
  /// The log says that kmemleak ran, and of no find; it says so only of finds.
  case saysNoFind(KmemleakStatement)
  /// The text is a kernel log that doesn't speak of kmemleak.
  case silent
  /// The log reports a fault of the kernel's of another kind.
  case complaint(KernelComplaint)
  /// The log reports so many times that memory ran short, which another command reads.
  case shortages(Int)
  /// The text has lines, none of which is an object's or a log's, though it's kmemleak's own file.
  case foreign(lines: Int)
  /// The text is empty, as an empty report is, or the output of a command that failed.
  case empty
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
    (scan?.doubts ?? []) + unread + (scan == nil ? silence : [])
  }

  private var unread: [LeakDoubt] {
    var doubts: [LeakDoubt] = []
    if text.counts.malformed > 0 {
      doubts.append(.unreadable(objects: text.counts.malformed, of: text.counts.headers))
    }
    if text.headlessCount > 0 {
      doubts.append(.headless(objects: text.headlessCount, first: text.headless.first))
    }
    return doubts
  }

  /// Why a text that lists nothing doesn't mean that there is nothing.
  private var silence: [LeakDoubt] {
    guard objects == 0, suppressedObjects == 0 else { return [] }
    let said =
      (text[.announced].map { [LeakDoubt.announced($0)] } ?? [])
      + (text.failures + text.troubles).map(LeakDoubt.said)
    guard said.isEmpty, unread.isEmpty else { return said }
    if text.isEmpty { return text.isOwnFile ? [] : [.empty] }
    if let start = text[.initialized] ?? text[.scannerStarted] { return [.saysNoFind(start)] }
    if text.counts.logLines > 0 || !text.statements.isEmpty || text.counts.complaint != nil {
      let hasStopped = text.counts.complaint?.isForWantOfMemory ?? false
      let shortages = max(text.counts.shortages, text.counts.kills, hasStopped ? 1 : 0)
      // A report on memory has such a stack itself.
      let complaint = text.counts.complaint.flatMap {
        hasStopped || shortages > 0 && $0.kind == .shortageStack ? nil : LeakDoubt.complaint($0)
      }
      return (complaint.map { [$0] } ?? []) + [.silent]
        + (shortages > 0 ? [.shortages(shortages)] : [])
    }
    return text.isOwnFile ? [.foreign(lines: text.counts.otherLines)] : []
  }
}
