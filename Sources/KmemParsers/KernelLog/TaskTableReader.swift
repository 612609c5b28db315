/// Reads the rows of a table of tasks, whose columns differ by release.
struct TaskTableReader {
  /// The columns between the process id and the name; those that all releases have, until the head is
  /// read.
  private var columns = ["uid", "tgid", "total_vm", "rss"]
  private var hasHead = false
  private var pids: Set<Int> = []
  private var tasks: [TaskTable.Task] = []
  private var programs: [String: TaskTable.Program] = [:]
  private var rss: UInt64 = 0

  /// Reads `[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name`.
  mutating func readHead(_ text: Span<UInt8>) {
    let close = text.offset(ofByte: UInt8(ascii: "]"))
    guard close < text.count else { return }
    var fields = Fields(text.extracting((close + 1)..<text.count))
    var names: [String] = []
    while let word = fields.next() {
      if word.equals("name") { break }
      names.append(word.text)
    }
    guard names.contains("rss") else { return }
    columns = names
    hasHead = true
  }

  /// Reads a row; false if it's none.
  @discardableResult
  mutating func take(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text[0] == UInt8(ascii: "[") else { return false }
    let close = text.offset(ofByte: UInt8(ascii: "]"))
    guard close < text.count,
      let pid = text.extracting(1..<close).trimmed().decimal.flatMap(Int.init(exactly:))
    else { return false }
    var fields = Fields(text.extracting((close + 1)..<text.count))
    var values: [String: Int64] = [:]
    for column in columns {
      guard let value = fields.next()?.signedDecimal else { return false }
      values[column] = value
    }
    guard let pages = values["rss"].flatMap(UInt64.init(exactly:)), pages < 1 << 40 else {
      return false
    }
    // Without the head it isn't known how many columns follow; the name is the last word.
    if pids.insert(pid).inserted {
      add(pid, pages, values, name: hasHead ? fields.rest.text : fields.lastWord)
    }
    return true
  }

  private mutating func add(_ pid: Int, _ pages: UInt64, _ values: [String: Int64], name: String) {
    func amount(_ column: String) -> UInt64? { values[column].flatMap(UInt64.init(exactly:)) }
    tasks.append(
      TaskTable.Task(
        pid: pid, name: name, rss: pages, shmem: amount("rss_shmem"), swap: amount("swapents"),
        pageTables: amount("pgtables_bytes") ?? amount("nr_ptes"),
        adjustment: values["oom_score_adj"]))
    rss = rss > .max - pages ? .max : rss + pages
    var program = programs[name] ?? TaskTable.Program(name: name, count: 0, rss: 0)
    program.count += 1
    program.rss = program.rss > .max - pages ? .max : program.rss + pages
    programs[name] = program
  }

  /// The table with its largest rows.
  var table: TaskTable {
    var table = TaskTable()
    table.count = tasks.count
    table.rss = rss
    table.largest = Array(
      tasks.sorted { ($0.rss, $1.pid) > ($1.rss, $0.pid) }.prefix(TaskTable.limit))
    table.programs = Array(
      programs.values.sorted { ($0.rss, $1.name) > ($1.rss, $0.name) }.prefix(TaskTable.limit))
    return table
  }
}

extension Fields {
  /// The last field that is left.
  fileprivate var lastWord: String {
    let rest = rest
    var start = rest.count
    while start > 0, !Ascii.isBlank(rest[start - 1]) { start -= 1 }
    return rest.extracting(start..<rest.count).text
  }
}
