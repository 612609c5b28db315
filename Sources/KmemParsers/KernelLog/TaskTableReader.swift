/// Reads the rows of a table of tasks, whose columns differ by release.
struct TaskTableReader {
  /// The columns between the process id and the name; those that all releases have, until the head is
  /// read.
  private var columns = ["uid", "tgid", "total_vm", "rss"]
  private var hasHead = false
  /// Whether the head was broken off before its last word, so that rows have more columns than it names.
  private var isHeadBroken = false
  private var pids: Set<Int> = []
  private var tasks: [TaskTable.Task] = []
  private var rss: UInt64 = 0
  /// Whether the name of the last row may stand on the next line, where a mail program broke it off.
  private var lacksName = false

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
    isHeadBroken = text.offset(of: " name") == nil
    columns = names
    hasHead = true
  }

  /// Reads a row; false if it's none.
  @discardableResult
  mutating func take(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text[0] == UInt8(ascii: "[") else { return takeName(text) }
    lacksName = false
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
      let isLast = !hasHead || isHeadBroken
      add(pid, pages, values, name: isLast ? fields.lastWord : fields.rest.text)
    }
    return true
  }

  /// Takes what a mail program broke off the row before: its last columns, and the name.
  private mutating func takeName(_ text: Span<UInt8>) -> Bool {
    guard lacksName, let last = tasks.indices.last else { return false }
    lacksName = false
    var fields = Fields(text)
    var name = ""
    var words = 0
    while let word = fields.next() {
      name = word.text
      words += 1
      guard word.signedDecimal != nil || fields.isAtEnd, words <= 5 else { return false }
    }
    guard !name.isEmpty, Int64(name) == nil else { return false }
    tasks[last].name = name
    return true
  }

  private mutating func add(_ pid: Int, _ pages: UInt64, _ values: [String: Int64], name: String) {
    func amount(_ column: String) -> UInt64? { values[column].flatMap(UInt64.init(exactly:)) }
    // What is left of a row that was broken off are numbers.
    lacksName = name.allSatisfy { $0.isNumber || $0 == "-" || $0.isWhitespace }
    tasks.append(
      TaskTable.Task(
        pid: pid, name: lacksName ? "" : name, rss: pages, shmem: amount("rss_shmem"),
        swap: amount("swapents"),
        pageTables: amount("pgtables_bytes") ?? amount("nr_ptes"),
        adjustment: values["oom_score_adj"]))
    rss = rss > .max - pages ? .max : rss + pages
  }

  /// The table with its largest rows.
  var table: TaskTable {
    var table = TaskTable()
    table.count = tasks.count
    table.rss = rss
    table.largest = Array(
      tasks.sorted { ($0.rss, $1.pid) > ($1.rss, $0.pid) }.prefix(TaskTable.limit))
    table.programs = Array(
      programs.sorted { ($0.rss, $1.name) > ($1.rss, $0.name) }.prefix(TaskTable.limit))
    return table
  }

  /// What all tasks of each name hold; those whose names are cut off are nobody's.
  private var programs: [TaskTable.Program] {
    var programs: [String: TaskTable.Program] = [:]
    for task in tasks where !task.name.isEmpty {
      var program =
        programs[task.name] ?? TaskTable.Program(name: task.name, count: 0, rss: 0)
      program.count += 1
      program.rss = program.rss > .max - task.rss ? .max : program.rss + task.rss
      programs[task.name] = program
    }
    return Array(programs.values)
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
