/// Reads the lines of a kernel log one by one and puts reports on memory together.
///
/// Nothing is taken for granted but the words of single lines: any line may be missing, cut, or
/// printed by another processor.
struct MemoryReportReader {
  var reports: [MemoryReport] = []
  var remarks: [Remark] = []
  /// The report that lines belong to.
  var current: MemoryReport?
  /// What the lines at hand are rows of.
  var section = Section.none
  /// The node that a line named before a line break: 4.x prints `Node 0 ` and the zone in two steps.
  var pendingNode: Int?
  /// Why the next report will be printed, if somebody asked for it just now.
  var asked: MemoryReport.Trigger?
  /// The line in which somebody asked for it.
  var askedLine = 0
  /// The tables of the current report, unsorted.
  var table = TaskTableReader()
  /// The release in the banner that a kernel prints when it boots.
  var release: String?
  /// The number of the line at hand.
  var number = 0

  /// What lines are rows of.
  enum Section {
    case none, memory, slabs, sites, tasks, cgroup
  }

  /// Reads one line without its newline.
  mutating func take(_ line: Span<UInt8>, number: Int) {
    self.number = number
    guard current != nil || line.mayBeginReport else { return }
    let prefix = LinePrefix(ofLog: line)
    let text = line.extracting(prefix.end..<line.count).trimmed()
    guard !text.isEmpty else { return }
    let count = reports.count
    let hadReport = current != nil
    if !takeBeginning(text), current != nil { takeRow(text) }
    if current != nil, !hadReport || reports.count > count { stamp(line, prefix) }
  }

  /// Notes when the report began.
  private mutating func stamp(_ line: Span<UInt8>, _ prefix: LinePrefix) {
    current?.time = prefix.stamp.flatMap { line.extracting($0).stampedSeconds }
    current?.clock = line.clock
  }

  /// Begins a report; the one before it is over.
  mutating func begin(_ trigger: MemoryReport.Trigger?) {
    close()
    var report = MemoryReport(line: number)
    report.trigger = trigger
    report.release = release
    current = report
    section = .none
    pendingNode = nil
  }

  /// Ends the report at hand.
  mutating func close() {
    guard var report = current else { return }
    current = nil
    report.tasks = table.table
    table = TaskTableReader()
    report.slabs = Array(
      report.slabs.sorted { ($0.total, $1.name) > ($1.total, $0.name) }.prefix(64))
    reports.append(report)
  }
}

extension Span<UInt8> {
  /// Whether the line has a word with which a report, or what belongs to one, begins.
  ///
  /// Looks at each byte once: most lines of a log have no such word.
  var mayBeginReport: Bool {
    for index in indices {
      switch self[index] | 0x20 {
      case UInt8(ascii: "o"):
        if holds("oom-kill", at: index) || holds("ut of memory", at: index + 1)
          || holds("ut of Memory", at: index + 1) || holds("OOM exec", at: index)
        {
          return true
        }
      case UInt8(ascii: "a"):
        if holds("allocation failure", at: index) || holds("active_anon:", at: index) {
          return true
        }
      case UInt8(ascii: "m"):
        if holds("Mem-", at: index) || holds("Memory cgroup", at: index) { return true }
      case UInt8(ascii: "s"):
        if holds("Show Memory", at: index) || holds("Show memory", at: index) { return true }
      case UInt8(ascii: "k"): if holds("Killed process", at: index) { return true }
      case UInt8(ascii: "l"): if holds("Linux version ", at: index) { return true }
      case UInt8(ascii: "u"): if holds("Unreclaimable slab info", at: index) { return true }
      default: continue
      }
    }
    return false
  }
}
