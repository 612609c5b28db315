internal import KmemParsers

/// What the files of one process tell, each parsed as soon as it was read.
///
/// Their texts are ten times as large, and there may be tens of thousands of processes: an archive's
/// are let go one by one.
package struct ParsedProcess: Hashable, Sendable {
  /// The files that are parsed; `smaps` is kept whole, as it lists what `maps` shows.
  package enum File: String, Hashable, Sendable, CaseIterable {
    case stat, status, cmdline
    case rollup = "smaps_rollup"

    /// The file of a process that a path names, and the process.
    package static func named(_ path: String) -> (pid: Int, file: Self)? {
      guard let pid = Capture.process(of: path), let slash = path.utf8.lastIndex(of: 0x2F),
        let file = Self(rawValue: String(path[path.index(after: slash)...])),
        path.utf8.count(where: { $0 == 0x2F }) == 2
      else { return nil }
      return (pid, file)
    }
  }

  /// Nothing where the file wasn't read or tells nothing, as for all of them.
  private(set) var stat: ProcStat?
  private(set) var status: ProcStatusAmounts?
  private(set) var commandLine: String?
  private(set) var sums: SmapsAmounts?
  /// A bit for each file that was read, whatever it tells.
  private var read: UInt8 = 0

  /// Keeps a command line that another process has too only once.
  fileprivate mutating func share(_ lines: inout Set<String>) {
    if let line = commandLine { commandLine = lines.insert(line).memberAfterInsert }
  }

  init() {}

  /// Whether the file was read.
  func has(_ file: File) -> Bool { read & Self.bit(file) != 0 }

  /// How many files were read.
  var count: Int { read.nonzeroBitCount }

  mutating func take(_ file: File, _ bytes: [UInt8]) {
    read |= Self.bit(file)
    switch file {
    case .stat: stat = try? ProcStat(parsing: bytes.span)
    case .status: status = try? ProcStatusAmounts(parsing: bytes.span)
    case .cmdline: commandLine = ProcCmdline(parsing: bytes.span).line
    case .rollup: sums = (try? Smaps(parsing: bytes.span))?.rollup
    }
  }

  /// Takes what another process's file tells, for one that is the same file.
  mutating func take(_ file: File, of other: ParsedProcess) {
    read |= Self.bit(file)
    switch file {
    case .stat: stat = other.stat
    case .status: status = other.status
    case .cmdline: commandLine = other.commandLine
    case .rollup: sums = other.sums
    }
  }

  /// Forgets the file, which isn't what was written.
  mutating func drop(_ file: File) {
    take(file, of: ParsedProcess())
    read &= ~Self.bit(file)
  }

  private static func bit(_ file: File) -> UInt8 {
    switch file {
    case .stat: 1
    case .status: 2
    case .cmdline: 4
    case .rollup: 8
    }
  }
}

/// The processes whose files were parsed as they were read, by pid.
package struct ParsedProcesses: Hashable, Sendable {
  /// A table of the records themselves would have two slots for each.
  private var positions: [Int: Int] = [:]
  private var list: [ParsedProcess] = []
  /// Command lines, of which many processes have the same: that of a worker may have a thousand bytes.
  private var commandLines: Set<String> = []

  /// None was read.
  package init() {}

  /// Whether none was read.
  package var isEmpty: Bool { list.isEmpty }
  /// How many files were read.
  package var files: Int { list.reduce(0) { $0 + $1.count } }
  /// The processes in the order of their pids.
  var sorted: [(pid: Int, process: ParsedProcess)] {
    positions.sorted { $0.key < $1.key }.map { ($0.key, list[$0.value]) }
  }

  /// Whether the process's file was read.
  package func has(_ file: ParsedProcess.File, of pid: Int) -> Bool {
    positions[pid].map { list[$0].has(file) } ?? false
  }

  /// Takes a file of a process; the first of several counts.
  package mutating func take(_ file: ParsedProcess.File, of pid: Int, _ bytes: [UInt8]) {
    let position = position(of: pid)
    guard !list[position].has(file) else { return }
    list[position].take(file, bytes)
    if file == .cmdline { list[position].share(&commandLines) }
  }

  /// Takes what another process's file tells, for one that is the same file; false if that wasn't read.
  package mutating func take(_ file: ParsedProcess.File, of pid: Int, sameAs other: Int) -> Bool {
    guard has(file, of: other), let original = positions[other] else { return false }
    let position = position(of: pid)
    if !list[position].has(file) { list[position].take(file, of: list[original]) }
    return true
  }

  /// Forgets a file that isn't what was written.
  package mutating func drop(_ file: ParsedProcess.File, of pid: Int) {
    if let position = positions[pid] { list[position].drop(file) }
  }

  /// Notes that there is such a process.
  mutating func note(_ pid: Int) { _ = position(of: pid) }

  private mutating func position(of pid: Int) -> Int {
    if let known = positions[pid] { return known }
    positions[pid] = list.count
    list.append(ParsedProcess())
    return list.count - 1
  }
}
