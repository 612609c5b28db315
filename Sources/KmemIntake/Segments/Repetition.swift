internal import KmemParsers

/// Rows of a file that come again, as a loop prints a few of them, or `grep` finds one row in many
/// copies of the file.
enum Repetition {
  /// The text of each repetition in a file, with the number of lines above it.
  static func parts(of text: [UInt8], _ section: OpenSection) -> [([UInt8], Int)] {
    if section.form is any ProcessForm.Type, let parts = processes(of: text) { return parts }
    return section.mayRepeat ? parts(of: text) : [(text, 0)]
  }

  /// The text of each repetition, with the number of lines above it.
  ///
  /// One part where the rows don't all repeat: some files have two rows of one name.
  static func parts(of text: [UInt8]) -> [([UInt8], Int)] {
    let rows = rows(of: text)
    let keys = rows.map(\.key)
    let order = rounds(keys) ?? runs(keys) ?? [Array(rows.indices)]
    guard order.count > 1 else { return [(text, 0)] }
    return order.compactMap { part in
      guard let first = part.first else { return nil }
      return (part.flatMap { text[rows[$0].range] }, rows[first].number)
    }
  }

  private struct Row {
    let range: Range<Int>
    let number: Int
    let key: UInt64?
  }

  private static func rows(of text: [UInt8]) -> [Row] {
    var rows: [Row] = []
    var (start, number) = (0, 0)
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      let line = text.span.extracting(start..<end).lineBody
      if !line.isBlankLine {
        rows.append(Row(range: start..<end, number: number, key: line.rowKey))
      }
      number += 1
      start = end
    }
    return rows
  }

  /// All rows, then all rows again: the places of each round.
  private static func rounds(_ keys: [UInt64?]) -> [[Int]]? {
    guard let first = keys.first, let period = keys.dropFirst().firstIndex(of: first),
      keys.indices.dropFirst(period).allSatisfy({ keys[$0] == keys[$0 - period] })
    else { return nil }
    return stride(from: 0, to: keys.count, by: period).map {
      Array($0..<min($0 + period, keys.count))
    }
  }

  /// Each row as often as it comes, then the next one as often: the first of each, the second of
  /// each, and so on.
  private static func runs(_ keys: [UInt64?]) -> [[Int]]? {
    var runs: [[Int]] = []
    for place in keys.indices {
      if let last = runs.last?.last, keys[last] == keys[place] {
        runs[runs.count - 1].append(place)
      } else {
        runs.append([place])
      }
    }
    let length = runs.first?.count ?? 0
    guard length > 1, runs.allSatisfy({ $0.count == length }),
      Set(runs.map { keys[$0[0]] }).count == runs.count
    else { return nil }
    return (0..<length).map { number in runs.map { $0[number] } }
  }

  // MARK: Processes

  /// A process that comes again begins another moment, below the same titles; nothing where none does.
  private static func processes(of text: [UInt8]) -> [([UInt8], Int)]? {
    guard let table = ProcessPlaces(of: text.span) else { return nil }
    let keys = table.rows.map { Optional(UInt64(bitPattern: Int64($0.pid))) }
    guard Set(keys).count < keys.count, let order = rounds(keys) ?? runs(keys) ?? returns(keys)
    else { return nil }
    return order.enumerated().map { number, part in
      let rows = part.flatMap { text[table.rows[$0].range] }
      guard number > 0 else { return (text[..<table.rows[part[0]].range.lowerBound] + rows, 0) }
      return (text[table.titles] + rows, table.rows[part[0]].linesAbove - 1)
    }
  }

  /// The same in any order, as some come and others go; nothing where rows of one stand together, as
  /// its threads do.
  private static func returns(_ keys: [UInt64?]) -> [[Int]]? {
    var parts: [[Int]] = [[]]
    var seen: Set<UInt64?> = []
    for place in keys.indices {
      if place > 0, keys[place] == keys[place - 1] { return nil }
      if !seen.insert(keys[place]).inserted {
        parts.append([])
        seen = [keys[place]]
      }
      parts[parts.count - 1].append(place)
    }
    return parts
  }
}
