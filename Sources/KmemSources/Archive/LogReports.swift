internal import KmemIntake
internal import KmemParsers
internal import KmemSnapshot

/// A kernel log with reports on memory: each is a moment of its own.
struct LogReports {
  private let log: [UInt8]
  private let reports: [MemoryReport]
  private let times: [MomentTimes.Time]
  /// Where the lines of each begin, and where the last one's end.
  private let starts: [Int]

  /// Nothing where the log has no report.
  init?(_ log: [UInt8]) {
    let reports = MemoryReports(log.span).reports
    guard !reports.isEmpty else { return nil }
    self.log = log
    self.reports = reports
    times = MomentTimes(reports.map(\.clock)).times
    starts = Self.starts(of: reports.map(\.line), in: log.span)
  }

  var count: Int { reports.count }

  /// Where the lines of these numbers begin, and where the last one ends.
  private static func starts(of lines: [Int], in log: Span<UInt8>) -> [Int] {
    var starts: [Int] = []
    var line = 1
    for index in log.indices where starts.count < lines.count {
      if line == lines[starts.count] { starts.append(index) }
      if log[index] == UInt8(ascii: "\n") { line += 1 }
    }
    while starts.count <= lines.count { starts.append(log.count) }
    return starts
  }

  /// The lines of the log that belong to that report, counted from 1, with the number of the first.
  ///
  /// Where the log has reports of several machines, those of the others are left out.
  func lines(of number: Int) -> (bytes: [UInt8], first: Int) {
    let report = reports[number - 1]
    guard let machine = report.machine, reports.contains(where: { $0.machine != machine }) else {
      return (Array(log[starts[number - 1]..<starts[number]]), report.line)
    }
    let next = reports[number...].firstIndex { $0.machine == machine } ?? reports.count
    return (lines(starts[number - 1]..<starts[next], of: machine), report.line)
  }

  /// The lines that aren't another machine's.
  private func lines(_ range: Range<Int>, of machine: String) -> [UInt8] {
    var result: [UInt8] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end =
        log[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
        ?? range.upperBound
      let line = log.span.extracting(start..<end)
      if line.logHost.map({ $0 == machine }) ?? true { result += log[start..<end] }
      start = end
    }
    return result
  }

  /// When it was, as far as the log tells.
  func moment(_ number: Int, of text: String) -> TextMoment {
    var moment = TextMoment(text: text, number: number, count: count)
    moment.title = reports[number - 1].clock
    moment.wallTime = times[number - 1].wall
    moment.clock = times[number - 1].clock
    moment.withoutYear = times[number - 1].withoutYear
    moment.upTime = reports[number - 1].time
    return moment
  }
}

extension RawFile {
  /// Each report of a log that the choice names, as a capture that holds its lines alone; the whole log
  /// where it has no more than one, and nothing where the last is wanted.
  ///
  /// - Throws: `SourceError` if there is no such report.
  func reports(in whole: Capture, _ choice: MomentChoice) throws -> [Capture]? {
    guard choice != .last, let source = whole.sources.keys.first, Self.isOfLog(source),
      let log = LogReports(text.whole)
    else { return nil }
    guard log.count > 1 else {
      var whole = whole
      whole.textMoment = whole.textMoment ?? log.moment(1, of: reference)
      return [whole]
    }
    return try choice.numbers(of: name, count: log.count).map { number in
      let lines = log.lines(of: number)
      var reading = SourceReading(outcome: .read, bytes: lines.bytes)
      reading.firstLine = lines.first
      var capture = Capture(
        origin: TextMoment.reference(reference, number), kind: .file,
        sources: [KernelFile.kernelLog.path: reading], remarks: remarks)
      capture.textMoment = log.moment(number, of: reference)
      return capture
    }
  }
}
