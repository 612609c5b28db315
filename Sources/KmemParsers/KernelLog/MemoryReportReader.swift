/// Reads the lines of a kernel log one by one and puts reports on memory together.
///
/// Nothing is taken for granted but the words of single lines: any line may be missing, cut, or
/// printed by another processor.
struct MemoryReportReader {
  var reports: [MemoryReport] = []
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
  /// A report of the OOM killer into which another processor printed a report of its own.
  var interrupted: Interrupted?
  /// When the kill of the report at hand was, in seconds of whatever its log counts.
  private var killTime: Double?
  /// Whether the line at hand began a report.
  private var hasBegun = false
  /// The control group that systemd-oomd tells of, and what each that it told of held in KiB.
  var candidate: String?
  var candidates: [String: UInt64] = [:]
  /// Why earlyoom is about to end a program.
  var early: String?
  /// Whom nohang is about to end.
  var victim = NohangVictim()
  /// How many reports before this one lack their counters, which may still come.
  var owed = 0

  /// What lines are rows of.
  enum Section {
    case none, memory, slabs, sites, tasks, cgroup
  }

  /// Reads one line without its newline, whose own words begin behind the prefix.
  mutating func take(_ line: Span<UInt8>, _ prefix: LinePrefix, number: Int) {
    self.number = number
    guard current != nil || line.mayBeginReport else { return }
    let text = line.extracting(prefix.end..<line.count).trimmed()
    guard !text.isEmpty else { return }
    hasBegun = false
    let kill = text.killed
    let time = kill == nil ? nil : Self.seconds(line, prefix)
    if let kill, isApart(kill, at: time) { close() }
    if !takeBeginning(text), current != nil { takeRow(text) }
    if hasBegun { stamp(line, prefix) }
    if kill != nil { killTime = time }
  }

  /// Whether a kill is another one than that of the report at hand, by when it was: the processes that
  /// share the memory of one are killed within a moment.
  private func isApart(_ pid: Int, at time: Double?) -> Bool {
    guard let kills = current?.kills, !kills.isEmpty, !kills.contains(where: { $0.pid == pid }),
      let killTime, let time
    else { return false }
    return abs(time - killTime) > 5
  }

  /// The seconds of a line since boot, else of its day.
  private static func seconds(_ line: Span<UInt8>, _ prefix: LinePrefix) -> Double? {
    if let seconds = prefix.stamp.flatMap({ line.extracting($0).stampedSeconds }) { return seconds }
    let clock = line.clock?.split(separator: " ").last { $0.contains(":") }
    let parts = clock?.split(separator: ":").compactMap { Double($0) } ?? []
    return parts.count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : nil
  }

  /// Notes when the report began.
  private mutating func stamp(_ line: Span<UInt8>, _ prefix: LinePrefix) {
    current?.time = prefix.stamp.flatMap { line.extracting($0).stampedSeconds }
    current?.clock = line.clock
    current?.machine = line.logHost
  }

  /// Begins a report; the one before it is over, unless another processor printed between its lines.
  mutating func begin(_ trigger: MemoryReport.Trigger?) {
    leave(for: trigger)
    var report = MemoryReport(line: number)
    report.trigger = trigger
    report.release = release
    current = report
    hasBegun = true
    section = .none
    pendingNode = nil
  }

  /// Ends the report at hand, and the one that it interrupted.
  mutating func close() {
    closeCurrent()
    if interrupted != nil {
      resume()
      closeCurrent()
    }
    owed = 0
  }

  /// Ends the report at hand.
  mutating func closeCurrent() {
    guard var report = current else { return }
    current = nil
    report.tasks = table.table
    report.tasks.isCut = section == .tasks && !report.isPanic
    table = TaskTableReader()
    report.slabs = Array(
      report.slabs.sorted { ($0.total, $1.name) > ($1.total, $0.name) }.prefix(64))
    reports.append(report)
  }
}

extension Span<UInt8> {
  /// Whether the line has a word with which a report, or what belongs to one, begins, or is a row of a
  /// table of tasks.
  package var mayBeginReport: Bool { hasWordOfReport(orRow: true) }

  /// Whether the line has a word with which a report, or what belongs to one, begins.
  package var tellsOfMemory: Bool { hasWordOfReport(orRow: false) }

  /// Looks at each byte once: most lines of a log have no such word.
  private func hasWordOfReport(orRow: Bool) -> Bool {
    for index in indices {
      switch self[index] | 0x20 {
      case UInt8(ascii: "o"):
        if holds("oom-kill", at: index) || holds("ut of memory", at: index + 1)
          || holds("ut of Memory", at: index + 1) || holds("OOM exec", at: index)
        {
          return true
        }
      case UInt8(ascii: "a"):
        if holds("allocation failure", at: index) || holds("active_anon:", at: index)
          || holds("active_file:", at: index)
        {
          return true
        }
      case UInt8(ascii: "m"):
        if holds("Mem-", at: index) || holds("Memory cgroup", at: index)
          || holds("memory: usage ", at: index) || holds("MemAvailable [", at: index)
        {
          return true
        }
      case UInt8(ascii: "s"):
        if holds("Show Memory", at: index) || holds("Show memory", at: index)
          || holds("slab_reclaimable:", at: index) || holds("sending SIG", at: index)
          || holds("Sending SIG", at: index) || holds("Send SIG", at: index)
          || holds("SwapFree [", at: index)
        {
          return true
        }
      case UInt8(ascii: "k"):
        if holds("Killed process", at: index) || holds("killed as a result of limit", at: index)
          || holds("kB min:", at: index) || holds("Killed /", at: index)
        {
          return true
        }
      // A log that begins in the middle of a table: `[   5323]     1  5323   120510    58957 …`.
      case UInt8(ascii: "[") | 0x20: if orRow, isNumberInBrackets(at: index) { return true }
      case UInt8(ascii: "l"):
        if holds("Linux version ", at: index) || holds("lowmemorykiller", at: index)
          || holds("lmkd", at: index) || holds("low memory! at or", at: index)
        {
          return true
        }
      case UInt8(ascii: "p"):
        if holds("Path: /", at: index) || holds("PSI avg", at: index) { return true }
      case UInt8(ascii: "c"):
        if holds("Current Memory Usage: ", at: index) || holds("cma_alloc: ", at: index) {
          return true
        }
      case UInt8(ascii: "b"): if holds("badness: ", at: index) { return true }
      case UInt8(ascii: "v"):
        if holds("VmRSS:", at: index) || holds("Vm, MiB:", at: index)
          || holds("vmalloc error: ", at: index) || holds("vmap allocation for ", at: index)
          || holds("vmalloc_node_range for ", at: index)
        {
          return true
        }
      case UInt8(ascii: "e"): if holds("Executing the command: ", at: index) { return true }
      case UInt8(ascii: "r"): if holds("Run the command: ", at: index) { return true }
      case UInt8(ascii: "u"):
        if holds("Unreclaimable slab info", at: index) || holds("unevictable:", at: index)
          || holds("Unable to allocate memory on ", at: index)
        {
          return true
        }
      default: continue
      }
    }
    return false
  }

  /// Whether a whole number stands there in brackets, as a process id in a table of tasks.
  private func isNumberInBrackets(at start: Int) -> Bool {
    guard self[start] == UInt8(ascii: "[") else { return false }
    let digits = offsetOfNonBlank(from: start + 1)
    var end = digits
    while end < count, Ascii.isDigit(self[end]) { end += 1 }
    guard end > digits else { return false }
    let close = offsetOfNonBlank(from: end)
    return close < count && self[close] == UInt8(ascii: "]")
  }
}
