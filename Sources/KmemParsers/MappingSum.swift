/// The mappings of one process that a text lists, added up.
struct MappingSum {
  private var count = 0
  private var listed: Int64 = 0
  private var largest: ProcessRow.Mapping?
  /// What all of them hold, where the text has the sum too.
  var total: Int64?
  /// The sum of proportional shares, and of what no other process has.
  var proportional: Int64?
  var unique: Int64?
  var swap: Int64?

  var isEmpty: Bool { count == 0 && total == nil }

  /// Adds a mapping.
  mutating func add(_ resident: Int64, name: String, at address: UInt64?) {
    count += 1
    let (sum, overflow) = listed.addingReportingOverflow(max(0, resident))
    listed = overflow ? .max : sum
    guard resident > largest?.resident ?? 0 else { return }
    largest = ProcessRow.Mapping(name: name, address: address, resident: resident)
  }

  /// The process; nothing where no mapping was read.
  func row(pid: Int?, command: String) -> ProcessRow? {
    guard !isEmpty else { return nil }
    var row = ProcessRow()
    row.pid = pid
    row.command = command.isEmpty ? ProcessRow.unnamed : command
    row.resident = PrintedAmount(bytes: total ?? listed)
    row.proportional = proportional.map { PrintedAmount(bytes: $0) }
    row.unique = unique.map { PrintedAmount(bytes: $0) }
    row.swap = swap.map { PrintedAmount(bytes: $0) }
    row.mappings = ProcessRow.Mappings(count: count, areAll: total != nil, largest: largest)
    return row
  }
}
