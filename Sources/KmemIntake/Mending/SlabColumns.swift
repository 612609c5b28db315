internal import KmemParsers

/// Tables that have a row for each slab cache and a column of object counts for each moment:
/// `cache  before  after`.
///
/// Counts tell bytes only of caches whose names have the size, `kmalloc-64` and `size-64`: each column
/// is put below the other as a table of these.
enum SlabColumns {
  static func mend(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let head = Columns.words(of: text.lines[index])
      guard isHeading(head) else {
        index += 1
        continue
      }
      let titles = Array(head.dropFirst())
      let table = rows(text, below: index, count: titles.count)
      guard table.rows.count >= 2, table.rows.contains(where: { size(of: $0.name) != nil }) else {
        index += 1
        continue
      }
      text.note(.slabColumns(titles), index)
      let lines = lines(titles, table.rows, text.lines[index])
      text.lines.replaceSubrange(index..<table.end, with: lines)
      index += lines.count
    }
  }

  /// Whether a line may be such a heading; most lines aren't.
  static func mayBeHeading(_ line: Span<UInt8>) -> Bool {
    guard line.count < 200 else { return false }
    let start = line.offsetOfNonBlank(from: 0)
    for word: StaticString in [
      "cache", "Cache", "CACHE", "name", "Name", "NAME", "slab", "Slab", "|",
    ]
    where line.holds(word, at: start) {
      // `Cached:` and `Slab:` are words of meminfo.
      let end = start + word.utf8CodeUnitCount
      return end >= line.count || line[start] == UInt8(ascii: "|") || line[end].endsTitle
    }
    return false
  }

  private static func isHeading(_ words: [String]) -> Bool {
    guard (3...8).contains(words.count), let first = words.first?.lowercased() else { return false }
    // What the columns of slabinfo itself are called is no moment.
    return ["cache", "name", "slab"].contains(first)
      && !words.dropFirst().contains { word in
        let small = word.lowercased()
        return ["obj", "slab", "size", "flags", "num", "total", "pages", "<", ":"].contains {
          small.hasPrefix($0)
        }
      }
  }

  private static func rows(_ text: TextLines, below first: Int, count: Int) -> (
    rows: [(name: String, counts: [UInt64])], end: Int
  ) {
    var rows: [(name: String, counts: [UInt64])] = []
    var end = first + 1
    while end < text.lines.count {
      let words = Columns.words(of: text.lines[end])
      let counts = words.dropFirst().compactMap { UInt64($0.filter { $0 != "," }) }
      if words.count == count + 1, counts.count == count {
        rows.append((words[0], counts))
      } else if !text.lines[end].bytes.allSatisfy({ Ascii.isBlank($0) || "|-+=:".utf8.contains($0) }
      ) {
        break
      }
      end += 1
    }
    return (rows, end)
  }

  private static func lines(
    _ titles: [String], _ rows: [(name: String, counts: [UInt64])], _ heading: TextLines.Line
  ) -> [TextLines.Line] {
    var lines: [String] = []
    for (column, title) in titles.enumerated() {
      lines += ["\(title):", "name,num_objs,objsize"]
      for row in rows {
        guard let size = size(of: row.name) else { continue }
        lines.append("\(row.name),\(row.counts[column]),\(size)")
      }
    }
    return lines.map { heading.saying($0.utf8) }
  }

  /// The size in a name: `kmalloc-64`, `kmalloc-rcl-2k`, `size-64`.
  private static func size(of name: String) -> UInt64? {
    guard name.hasPrefix("kmalloc-") || name.hasPrefix("size-"),
      let last = name.split(separator: "-").last
    else { return nil }
    let digits = last.prefix { $0.isASCII && $0.isNumber }
    guard let number = UInt64(digits), number > 0, number < 1 << 20 else { return nil }
    switch last.dropFirst(digits.count).lowercased() {
    case "": return number
    case "k": return number * 1024
    case "m": return number << 20
    default: return nil
    }
  }
}

extension UInt8 {
  /// What may stand behind the title of a column.
  fileprivate var endsTitle: Bool {
    Ascii.isBlank(self) || self >= 0x80 || self == 0x0D || "|;*`\"'".utf8.contains(self)
  }
}
