import KmemParsers

/// Groups the records of all processes by kind and stack.
struct ProgramLeakGrouping {
  private struct Key: Hashable {
    let tool: ProgramLeakTool
    let kind: ProgramLeakKind
    let frames: [ProgramFrame]
    let isListed: Bool
  }

  private var places: [Key: Int] = [:]
  private var all: [ProgramLeakGroup] = []
  private let rules: FrameRules

  init(_ processes: [ProgramLeakProcess], _ rules: FrameRules) {
    self.rules = rules
    for process in processes {
      for record in process.order.compactMap({ process.records[$0] }) { add(record) }
      let unlisted = process.unlisted
      // In one order in every run.
      for kind in ProgramLeakKind.allCases {
        guard let amount = unlisted[kind] else { continue }
        add(amount, of: process, Key(tool: process.tool, kind: kind, frames: [], isListed: false))
      }
    }
  }

  /// Leaks first, and among them the largest.
  var groups: [ProgramLeakGroup] {
    all.enumerated().filter { !$0.element.amount.isZero }.sorted { one, other in
      let (first, second) = (one.element, other.element)
      if first.kind.isLeak != second.kind.isLeak { return first.kind.isLeak }
      if first.isListed != second.isListed { return first.isListed }
      if first.amount.bytes != second.amount.bytes {
        return first.amount.bytes > second.amount.bytes
      }
      return (one.offset, first.kind.rawValue) < (other.offset, second.kind.rawValue)
    }.map(\.element)
  }

  private mutating func add(_ record: ProgramLeakRecord) {
    let key = Key(tool: record.tool, kind: record.kind, frames: record.frames, isListed: true)
    let index = place(key, line: record.line)
    all[index].add(record.amount, indirect: record.indirectBytes, of: record.process)
    all[index].isMixed = all[index].isMixed || record.isMixed
  }

  private mutating func add(
    _ amount: ProgramLeakAmount, of process: ProgramLeakProcess, _ key: Key
  ) {
    all[place(key, line: 0)].add(amount, of: process.process)
  }

  private mutating func place(_ key: Key, line: Int) -> Int {
    if let index = places[key] { return index }
    places[key] = all.count
    all.append(
      ProgramLeakGroup(
        key.tool, key.kind, frames: rules.marking(key.frames, of: key.tool),
        isListed: key.isListed, line: line))
    return all.count - 1
  }
}
