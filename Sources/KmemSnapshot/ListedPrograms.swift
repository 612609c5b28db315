package import KmemParsers

/// What the processes of a tool's list hold, by the sum of their resident memory.
///
/// Pages that processes share count once for each of them: the sum is the most that programs have
/// mapped, and no amount of memory.
package struct ListedPrograms: Hashable, Sendable {
  /// The tool.
  package let form: KernelFile
  /// The sum in bytes.
  package let resident: Int64
  /// The most by which the sum may be wrong, in bytes.
  package let error: Int64
  /// How many processes are listed, threads of the kernel left out.
  package let count: Int
  /// Whether the list has process 1, so that it wasn't cut to the first few.
  package let isWhole: Bool
  /// The process with most resident memory.
  package let largest: ProcessRow

  /// Sums the rows; nothing where no row has resident memory.
  init?(_ rows: [ProcessRow], form: KernelFile) {
    let programs = rows.filter { !$0.isKernelThread && $0.resident?.bytes ?? 0 > 0 }
    guard let first = programs.first else { return nil }
    self.form = form
    resident = programs.reduce(0) { Self.plus($0, $1.resident?.bytes ?? 0) }
    error = programs.reduce(0) { Self.plus($0, $1.resident?.error ?? 0) }
    count = programs.count
    isWhole = rows.contains { $0.pid == 1 && $0.mappings == nil }
    largest = programs.dropFirst().reduce(first) {
      $1.resident?.bytes ?? 0 > $0.resident?.bytes ?? 0 ? $1 : $0
    }
  }

  private static func plus(_ first: Int64, _ second: Int64) -> Int64 {
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? .max : sum
  }
}

extension SnapshotReader {
  /// The processes that a tool lists; nothing where the capture holds no such text.
  mutating func listedRows() -> (rows: [ProcessRow], form: KernelFile)? {
    rows(of: Smem.self) ?? rows(of: Ps.self) ?? rows(of: Top.self) ?? rows(of: DockerStats.self)
      ?? rows(of: KubectlTop.self) ?? rows(of: Pmap.self) ?? rows(of: SmapsText.self)
  }

  private mutating func rows<Form: ProcessForm>(
    of type: Form.Type
  ) -> (rows: [ProcessRow], form: KernelFile)? {
    guard let rows = form(type).value?.rows, !rows.isEmpty else { return nil }
    return (rows, Form.file)
  }
}

extension ProcessList {
  /// The processes of a tool's list that have a pid; nothing where none has.
  init?(_ rows: [ProcessRow]) {
    var seen: Set<Int> = []
    let records = rows.compactMap { row -> ProcessRecord? in
      guard let pid = row.pid, seen.insert(pid).inserted else { return nil }
      return ProcessRecord(pid: pid, row)
    }
    guard !records.isEmpty else { return nil }
    let ordered = records.sorted { $0.pid < $1.pid }
    self.init(records: ordered, coverage: ProcessCoverage(ordered, facts: nil))
  }
}

extension ProcessRecord {
  fileprivate init(pid: Int, _ row: ProcessRow) {
    self.init(pid: pid)
    isListed = true
    comm = row.name
    commandLine = row.command
    state = row.state.map { String($0.prefix(1)) }
    isKernelThread = row.isKernelThread
    resident = row.resident?.bytes
    virtualSize = row.virtual?.bytes
    swap = row.swap?.bytes
    proportional = row.proportional?.bytes
    unique = row.unique?.bytes
    if unique == nil { mapsMissing = .absent }
  }
}

extension ProcessRow {
  /// The command's name: the last part of its path, without arguments.
  package var name: String {
    let word = command.split(separator: " ").first ?? ""
    let last = word.split(separator: "/").last ?? word
    return String(last.last == ":" ? last.dropLast() : last)
  }
}
