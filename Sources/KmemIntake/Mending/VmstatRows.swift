internal import KmemParsers

/// The rows that `vmstat 5` of procps and BusyBox prints, one a moment, with what memory they tell of.
///
/// Each becomes a meminfo of its own, below its time where `-t` or the log prints one. What it calls
/// `cache` is page cache and, since procps 3.3.10, reclaimable slab: it's no line of meminfo, and keeps
/// its name. Where a text has more than that of a moment, meminfo or `vmstat -s`, that is read alone.
struct VmstatRows: Sendable {
  private var unit: Int64 = 1024
  /// The last heading, as long as rows follow: with `-n` there is one, and rows for days.
  private var heading: VmstatHeading?
  /// Whether the text had more than rows.
  private var hasSums = false

  /// Whether the next block may begin with rows.
  var isOpen: Bool { heading != nil }

  mutating func mend(_ text: inout TextLines) {
    hasSums = hasSums || text.lines.contains { $0.bytes.span.isOfSums }
    guard !hasSums else { return heading = nil }
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index]
      if let asked = VmstatHeading.unit(line.bytes) { unit = asked }
      if let next = VmstatHeading(line.bytes.span) {
        heading = next
      } else if let row = heading?.row(line.bytes, unit: unit) {
        text.note(.momentRows, index)
        text.replace(index, by: row.map { Array($0.utf8) })
        index += row.count - 1
      } else if !line.bytes.span.isVmstatRule {
        heading = nil
      }
      index += 1
    }
  }

  /// Whether the line is the heading of such rows.
  static func isHeading(_ line: Span<UInt8>) -> Bool { VmstatHeading(line) != nil }
}

/// Where the columns of vmstat's rows stand.
private struct VmstatHeading: Sendable {
  private var columns: [(place: Int, name: String)] = []
  private let count: Int

  private static let names: [String: String] = [
    "free": "MemFree", "buff": "Buffers", "cache": "cache", "inact": "Inactive", "active": "Active",
  ]

  /// Nothing for a line that isn't ` r  b   swpd   free   buff  cache   si   so …`.
  init?(_ line: Span<UInt8>) {
    guard line.count < 200, let first = line.offset(of: "r "), line.offset(of: " swpd ") != nil,
      first == line.offsetOfNonBlank(from: 0)
    else { return nil }
    let words = line.words.split(whereSeparator: \.isWhitespace)
    guard words.count >= 6, words[1] == "b" else { return nil }
    for (place, word) in words.enumerated() {
      if let name = Self.names[String(word)] { columns.append((place, name)) }
    }
    count = words.count
  }

  /// The lines that a row stands for: its time, and its amounts; nothing for a line that is no row.
  func row(_ bytes: [UInt8], unit: Int64) -> [String]? {
    guard bytes.count < 300 else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    let start = words.first?.contains(":") == true ? 1 : 0
    guard words.count >= start + columns.count, words.count <= start + count + 3 else { return nil }
    var lines = [
      start > 0 ? String(words[0]) : words.dropFirst(start + count).joined(separator: " ")
    ]
    for (place, name) in columns {
      guard start + place < words.count, let value = Int64(words[start + place]), value >= 0 else {
        return nil
      }
      let (amount, overflow) = value.multipliedReportingOverflow(by: unit)
      guard !overflow else { return nil }
      lines.append("\(name): \(amount / 1024) kB")
    }
    return lines
  }

  /// The unit that a command above the rows asks for: `vmstat -S M 5`.
  static func unit(_ bytes: [UInt8]) -> Int64? {
    guard bytes.count < 300, let command = bytes.span.offset(of: "vmstat ") else { return nil }
    let words = String(decoding: bytes[command...], as: UTF8.self).split(separator: " ")
    guard let option = words.firstIndex(where: { $0.hasPrefix("-S") }) else { return 1024 }
    let letter =
      words[option].count > 2 ? words[option].last : words.dropFirst(option + 1).first?.first
    return switch letter {
    case "k": 1000
    case "m": 1_000_000
    case "M": 1 << 20
    default: 1024
    }
  }
}

extension Span<UInt8> {
  /// Whether the line is one of meminfo or of `vmstat -s`.
  fileprivate var isOfSums: Bool {
    offset(of: " total memory") != nil || Anchor(self).map { $0.kind == .meminfo } ?? false
  }

  /// Whether the line is the first of vmstat's two headings, or blank.
  fileprivate var isVmstatRule: Bool {
    let start = offsetOfNonBlank(from: 0)
    return start >= count || offset(of: "procs ") != nil && offset(of: "memory") != nil
  }
}
