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
    let order =
      rounds(keys) ?? runs(keys) ?? unequalRuns(keys) ?? unequalRounds(keys)
      ?? [Array(rows.indices)]
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
    let runs = equals(keys)
    let length = runs.first?.count ?? 0
    guard length > 1, runs.allSatisfy({ $0.count == length }), areDistinct(runs, keys) else {
      return nil
    }
    return (0..<length).map { number in runs.map { $0[number] } }
  }

  /// The places of rows that stand together, row by row.
  private static func equals(_ keys: [UInt64?]) -> [[Int]] {
    var runs: [[Int]] = []
    for place in keys.indices {
      if let last = runs.last?.last, keys[last] == keys[place] {
        runs[runs.count - 1].append(place)
      } else {
        runs.append([place])
      }
    }
    return runs
  }

  private static func areDistinct(_ runs: [[Int]], _ keys: [UInt64?]) -> Bool {
    Set(runs.map { keys[$0[0]] }).count == runs.count
  }

  // MARK: What was cut

  /// So many equal rows are no accident: a file has two of one name at times.
  private static let fewestEqual = 3

  /// Runs of other lengths, as where the text ends within one, or a cache came later: the first of each
  /// are taken for those of one moment, so that no two rows of one name are ever summed.
  ///
  /// Nothing where most rows come once or twice: those are of one file in which some names are shared.
  private static func unequalRuns(_ keys: [UInt64?]) -> [[Int]]? {
    let runs = equals(keys)
    let length = runs.map(\.count).max() ?? 0
    let repeated = runs.filter { $0.count >= fewestEqual }.reduce(0) { $0 + $1.count }
    let isCutPair = length == 2 && runs.count > 2 && runs.dropLast().allSatisfy { $0.count == 2 }
    guard isCutPair || repeated * 2 > keys.count, areDistinct(runs, keys) else { return nil }
    return (0..<length).map { number in
      runs.compactMap { $0.indices.contains(number) ? $0[number] : nil }
    }
  }

  /// The first row again and again, with other rows below each: a cache came or went between.
  private static func unequalRounds(_ keys: [UInt64?]) -> [[Int]]? {
    guard let first = keys.first, first != nil else { return nil }
    var rounds: [[Int]] = []
    for place in keys.indices {
      if keys[place] == first { rounds.append([]) }
      rounds[rounds.count - 1].append(place)
    }
    guard rounds.count >= fewestEqual, let fewest = rounds.dropLast().map(\.count).min(),
      fewest > 1, rounds.allSatisfy({ Set($0.map { keys[$0] }).count == $0.count })
    else { return nil }
    return rounds
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
