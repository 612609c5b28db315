extension ProcStatus {
  /// A line's amount in bytes, such as `bytes("VmRSS")`; nothing if it isn't there or no `kB`.
  package func bytes(_ name: String) -> Int64? {
    guard let words = self[name]?.split(whereSeparator: { $0 == " " || $0 == "\t" }),
      words.count == 2, words[1] == "kB", let value = Int64(words[0]), value >= 0
    else { return nil }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }

  /// A line's first number, such as `number("FDSize")`.
  package func number(_ name: String) -> Int64? {
    self[name]?.split(whereSeparator: { $0 == " " || $0 == "\t" }).first.flatMap { Int64($0) }
  }

  /// The real user id, the first number of `Uid`.
  package var userID: UInt32? { number("Uid").flatMap(UInt32.init(exactly:)) }
}
