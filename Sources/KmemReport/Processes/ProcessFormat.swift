import KmemAnalysis
package import KmemSnapshot

/// Sentences about processes.
package enum ProcessFormat {
  /// `read 412 of 530 processes, 118 denied`.
  package static func coverage(_ coverage: ProcessCoverage) -> String {
    var parts = [
      "read \(Amount.count(Int64(coverage.measured))) of \(count(coverage.processes, "process", "processes"))"
    ]
    if coverage.denied > 0 { parts.append("\(Amount.count(Int64(coverage.denied))) denied") }
    if coverage.skipped > 0 {
      parts.append("\(Amount.count(Int64(coverage.skipped))) skipped for want of time")
    }
    if coverage.absent > 0 { parts.append("\(coverage.absent) without smaps_rollup") }
    if coverage.hidesOthers { parts.append("other users' are hidden (hidepid)") }
    return parts.joined(separator: ", ")
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(Amount.count(Int64(number))) \(number == 1 ? one : many)"
  }
}

extension ProcessFormat {
  /// An amount with a sign of how sure it is: `~12.0 MiB`, `≥1.0 GiB`, `?`.
  static func amount(_ sum: ProcessSums.Sum) -> String {
    guard !sum.isUnknown else { return "?" }
    let sign = sum.isPartial ? "≥" : sum.isEstimate ? "~" : ""
    return sign + Amount.short(sum.bytes)
  }

  /// The command line, or the name in brackets; the program without its folder, unless it's whole.
  static func command(_ process: ProcessMemory, isWhole: Bool) -> String {
    guard let line = process.commandLine else { return "[\(process.name)]" }
    guard !isWhole, line.hasPrefix("/") else { return line }
    let program = line.prefix { $0 != " " }
    let name = program.split(separator: "/").last ?? program
    return String(name) + line.dropFirst(program.count)
  }

  /// `fdleak (pid 812)`.
  static func name(_ process: ProcessMemory) -> String { "\(process.name) (pid \(process.pid))" }
}
