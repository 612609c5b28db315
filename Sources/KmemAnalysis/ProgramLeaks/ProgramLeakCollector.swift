package import KmemParsers

/// Puts together what a text says of programs' leaks, while it is read.
package struct ProgramLeakCollector {
  private struct Name: Hashable {
    let tool: ProgramLeakTool
    let process: Int64?
  }

  /// Whose reports are being read, by their place in the list.
  private var current: [Name: Int] = [:]
  private var processes: [ProgramLeakProcess] = []
  private var errors: [String: Int] = [:]
  private var errorOrder: [String] = []
  private var otherTools: [String] = []
  private var failures: [String] = []
  /// Why lines of the text couldn't be read.
  private var remarks: [Remark] = []

  /// So many processes, and so many kinds of errors, are told apart.
  private static let most = 100_000

  /// Begins an empty collection.
  package init() {}

  /// Adds the next thing that the text says.
  package mutating func add(_ event: ProgramLeakEvent) {
    understood += 1
    switch event {
    case .began(let tool, let process): begin(tool, process)
    case .command(let command, let process): change(.valgrind, process) { $0.command = command }
    case .record(let record):
      understood += Self.weight(record)
      change(record.tool, record.process) { $0.add(record) }
    case .summary(let tool, let process, let sums):
      change(tool, process) { $0.end(sums) }
      endUnnamed(tool, process)
    case .clean(let tool, let process): change(tool, process) { $0.isClean = true }
    case .inUse(let process, let amount): change(.valgrind, process) { $0.inUse = amount }
    case .allocated(let process, let times):
      change(.valgrind, process) { $0.allocations = times }
    case .error(let text, _): note(text)
    case .otherTool(let name): if !otherTools.contains(name) { otherTools.append(name) }
    case .failed(let text): if failures.count < 100 { failures.append(text) }
    case .markup: break
    }
  }

  /// Notes why a line couldn't be read.
  package mutating func add(_ remark: Remark) {
    if remarks.count < 100 { remarks.append(remark) }
  }

  /// A frame whose place is known tells more than one without, one whose line is known still more; what HTML made of a name tells less.
  private static func weight(_ record: ProgramLeakRecord) -> Int {
    record.frames.sum { frame in
      let isEscaped = frame.function?.utf8.contains(UInt8(ascii: "&")) == true
      return 1 + (frame.file != nil || frame.object != nil ? 2 : 0) + (frame.line != nil ? 1 : 0)
        - (isEscaped ? 1 : 0)
    }
  }

  private mutating func begin(_ tool: ProgramLeakTool, _ process: Int64?) {
    let name = Name(tool: tool, process: process)
    if let index = current[name], !processes[index].hasSpoken, processes[index].inUse == nil {
      return
    }
    guard processes.count < Self.most else { return }
    current[name] = processes.count
    processes.append(ProgramLeakProcess(tool, process))
  }

  private mutating func change(
    _ tool: ProgramLeakTool, _ process: Int64?, _ body: (inout ProgramLeakProcess) -> Void
  ) {
    let name = Name(tool: tool, process: process)
    if current[name] == nil { begin(tool, process) }
    guard let index = current[name] else { return }
    body(&processes[index])
  }

  /// Has the next lines without a process be another one's, where the sums are those of the records
  /// that were listed: then no line of another process stood among them.
  private mutating func endUnnamed(_ tool: ProgramLeakTool, _ process: Int64?) {
    let name = Name(tool: tool, process: process)
    guard tool == .valgrind, process == nil, let index = current[name],
      processes[index].hasWholeList
    else { return }
    current[name] = nil
  }

  private mutating func note(_ error: String) {
    guard errors[error] != nil || errors.count < 1000 else { return }
    if errors.updateValue((errors[error] ?? 0) + 1, forKey: error) == nil {
      errorOrder.append(error)
    }
  }

  /// How much of the text was understood, to compare two readings of it.
  package private(set) var understood = 0

  /// Whether the text holds anything of a tool that looks for leaks or other faults of memory.
  package var isRecognised: Bool {
    !processes.isEmpty || !errors.isEmpty || !otherTools.isEmpty || !failures.isEmpty
      || !remarks.isEmpty
  }

  /// The report; `rules` leave groups out, `frameRules` say which frames are never to blame, and
  /// `baseline` is an earlier report.
  package func report(
    name: String, rules: [Suppression] = [], frameRules: FrameRules = FrameRules(),
    baseline: ProgramLeakReport? = nil
  ) -> ProgramLeakReport {
    var report = ProgramLeakReport(name: name, processes: distinct, frameRules: frameRules)
    report.errors = errorOrder.map { .init(text: $0, count: errors[$0] ?? 0) }
    report.otherTools = otherTools
    report.failures = failures
    report.remarks = remarks
    report.suppress(rules)
    if let baseline { report.compare(with: baseline) }
    return report
  }

  /// Whether it's a line of another process that lost its mark, as the first of a paste does.
  private func isStray(_ process: ProgramLeakProcess) -> Bool {
    process.process == nil && process.tool == .valgrind && !process.hasSpoken
      && process.inUse == nil && processes.contains { $0.process != nil && $0.tool == .valgrind }
  }

  /// The processes without reports that a later one of the same process repeats.
  private var distinct: [ProgramLeakProcess] {
    var kept: [ProgramLeakProcess] = []
    var last: [Name: Int] = [:]
    for process in processes where !isStray(process) {
      let name = Name(tool: process.tool, process: process.process)
      if let index = last[name], process.repeats(kept[index]) {
        kept[index] = process
      } else {
        last[name] = kept.count
        kept.append(process)
      }
    }
    return kept
  }
}
