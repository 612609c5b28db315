internal import KmemParsers

/// The rows `MEM,T0001,…` of a file that nmon recorded on Linux, below their heading
/// `MEM,Memory MB db1,memtotal,…,memfree,…`; the times are the rows `ZZZZ` above them.
///
/// Each becomes a meminfo of its own. Amounts are MiB with one place.
struct NmonRows: Sendable {
  /// The columns of the last heading: a file has one, at its beginning.
  private var columns: [(place: Int, name: String)] = []

  /// Whether the next block may have rows.
  var isOpen: Bool { !columns.isEmpty }

  mutating func mend(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index]
      if Self.isHeading(line.bytes.span) {
        columns = Self.columns(line.bytes)
      } else if !columns.isEmpty, let row = Self.row(line.bytes, columns) {
        text.note(.momentRows, index)
        text.replace(index, by: row.map { Array($0.utf8) })
        index += row.count - 1
      }
      index += 1
    }
  }

  /// Whether the line is the heading of such rows.
  static func isHeading(_ line: Span<UInt8>) -> Bool {
    line.starts(with: "MEM,Memory") && line.count < 400 && line.offset(of: ",memfree") != nil
  }

  private static let names: [String: String] = [
    "memtotal": "MemTotal", "memfree": "MemFree", "cached": "Cached", "buffers": "Buffers",
    "active": "Active", "inactive": "Inactive", "swaptotal": "SwapTotal", "swapfree": "SwapFree",
    "swapcached": "SwapCached", "memshared": "MemShared",
  ]

  private static func columns(_ bytes: [UInt8]) -> [(place: Int, name: String)] {
    cells(bytes).enumerated().compactMap { place, cell in
      names[cell.lowercased()].map { (place, $0) }
    }
  }

  private static func row(_ bytes: [UInt8], _ columns: [(place: Int, name: String)]) -> [String]? {
    guard bytes.count < 400, bytes.span.starts(with: "MEM,T") else { return nil }
    let cells = cells(bytes)
    var lines: [String] = []
    for (place, name) in columns {
      // Columns that the kernel doesn't print hold −0.0 or −1.
      guard place < cells.count, let value = Double(cells[place]), value < 1e9 else { return nil }
      if value.sign == .plus { lines.append("\(name): \(UInt64(value * 1024)) kB") }
    }
    return lines.isEmpty ? nil : lines
  }

  private static func cells(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self)
      .split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0.trimming(\.isWhitespace)) }
  }
}
