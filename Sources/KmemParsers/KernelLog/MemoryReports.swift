/// The reports on memory in a kernel log, in the log's order.
///
/// The text may be a whole log or a part of it, with what dmesg, journald, syslog, a serial console or
/// a mail program puts before lines, and with lines of other processors in between.
package struct MemoryReports: Hashable, Sendable {
  /// The reports.
  package internal(set) var reports: [MemoryReport] = []

  /// Looks for reports; a log without any is valid.
  ///
  /// The text may be a part of a log, whose first line has that number.
  package init(_ text: Span<UInt8>, firstLine: Int = 1) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      self.init(clean: mended.span, firstLine)
    } else {
      self.init(clean: text, firstLine)
    }
  }

  private init(clean text: Span<UInt8>, _ firstLine: Int) {
    var readers = CallerReaders(foreign: ForeignPrefix(of: text))
    var lines = Lines(text)
    var broken = BrokenLines()
    var isBroken = false
    while let line = lines.next() {
      if isBroken, broken.goesOn(in: line) { continue }
      if isBroken { readers.take(broken.line.span, number: broken.number) }
      let number = lines.number + firstLine - 1
      isBroken = broken.begin(line, number, isInReport: readers.isOpen)
      if !isBroken { readers.take(line, number: number) }
    }
    if isBroken { readers.take(broken.line.span, number: broken.number) }
    reports = readers.reports
  }

  /// Whether the text has a row of a table of tasks, by which a part of a log is known that has no
  /// other line of a report.
  package static func hasTaskRow(in text: Span<UInt8>) -> Bool {
    var lines = Lines(text)
    while let line = lines.next() {
      guard line.mayBeginReport else { continue }
      let end = LinePrefix(ofLog: line).end
      if line.extracting(end..<line.count).trimmed().isTaskRow { return true }
    }
    return false
  }
}
