package import KmemParsers

/// What a tool says of one process.
package struct ProgramLeakProcess: Sendable {
  /// The tool.
  package let tool: ProgramLeakTool
  /// The process; nil where the text doesn't tell.
  package let process: Int64?
  /// Its command line, where the tool prints it.
  package internal(set) var command: String?
  /// The tool's own sums by kind.
  package internal(set) var sums: [ProgramLeakKind: ProgramLeakAmount] = [:]
  /// What was allocated at exit, where Valgrind says so.
  package internal(set) var inUse: ProgramLeakAmount?
  /// How often it allocated memory, where Valgrind says so.
  package internal(set) var allocations: Int64?
  /// Whether the tool says that nothing was left to leak.
  package internal(set) var isClean = false
  var records: [Key: ProgramLeakRecord] = [:]
  /// The records' order in the text.
  var order: [Key] = []
  /// Whether the check that the records are of has ended.
  var hasEnded = false

  /// What makes records one: kind and stack.
  struct Key: Hashable {
    let kind: ProgramLeakKind
    let frames: [ProgramFrame]
    /// Records whose stack isn't known stay apart.
    let line: Int
  }

  init(_ tool: ProgramLeakTool, _ process: Int64?) {
    self.tool = tool
    self.process = process
  }

  /// Whether the tool has said anything of leaks.
  var hasSpoken: Bool {
    !records.isEmpty || !sums.isEmpty || isClean || inUse?.blocks == 0
  }

  /// Whether the tool has said all that decides whether memory leaks.
  ///
  /// Valgrind's list may be cut behind what is still reachable, its sums before what is possibly lost.
  package var isAnswered: Bool {
    guard tool == .valgrind, !isClean, inUse?.blocks != 0 else { return hasSpoken }
    return sums[.possiblyLost] != nil || sums.contains { $0.key.isLeak && !$0.value.isZero }
      || records.values.contains { $0.kind.isLeak || $0.isLast }
  }

  /// Whether it was cut within what it says of leaks.
  package var isCutInRecords: Bool { hasSpoken && !isAnswered }

  /// Whether records of it stood among those of others.
  var hasMixed: Bool { records.values.contains(where: \.isMixed) }

  /// What the records list by kind.
  package var listed: [ProgramLeakKind: ProgramLeakAmount] {
    var sums: [ProgramLeakKind: ProgramLeakAmount] = [:]
    for record in records.values {
      sums[record.kind, default: ProgramLeakAmount()].add(record.amount)
    }
    return sums
  }

  mutating func add(_ record: ProgramLeakRecord) {
    // Another check of the same process lists everything anew, or only what changed.
    if hasEnded, process != nil, !record.isDelta {
      (records, order, sums) = ([:], [], [:])
    }
    let isNewCheck = hasEnded
    hasEnded = false
    let key = Key(
      kind: record.kind, frames: record.frames, line: record.frames.isEmpty ? record.line : 0)
    if record.isDelta, isNewCheck || records[key]?.isDelta == false {
      if records.updateValue(record, forKey: key) == nil { order.append(key) }
      return
    }
    guard var known = records[key] else {
      records[key] = record
      order.append(key)
      return
    }
    known.isLast = known.isLast || record.isLast
    if record.isDelta {
      known.amount = record.amount
    } else {
      known.amount.add(record.amount)
      known.indirectBytes = known.indirectBytes.plus(record.indirectBytes)
    }
    records[key] = known
  }

  mutating func end(_ sums: [ProgramLeakKind: ProgramLeakAmount]) {
    if process == nil {
      for (kind, amount) in sums { self.sums[kind, default: ProgramLeakAmount()].add(amount) }
    } else {
      self.sums = sums
    }
    hasEnded = true
  }

  /// Whether the records of each kind that is listed come to the tool's own sum.
  var hasWholeList: Bool {
    !sums.isEmpty && !hasMixed && listed.allSatisfy { kind, amount in sums[kind] == amount }
  }

  /// What the tool's sums have and no record lists.
  var unlisted: [ProgramLeakKind: ProgramLeakAmount] {
    // What was listed before lines were mixed is of a process that is known.
    guard !hasMixed else { return [:] }
    let listed = listed
    var rest: [ProgramLeakKind: ProgramLeakAmount] = [:]
    if let sum = sums[.leaked] {
      var all = ProgramLeakAmount()
      for amount in listed.values { all.add(amount) }
      let left = sum.without(all)
      // heaptrack rounds to four digits.
      if tool != .heaptrack || left.bytes > sum.bytes / 50 { rest[.leaked] = left }
    } else if !sums.isEmpty {
      for (kind, sum) in sums where kind != .suppressed {
        rest[kind] = sum.without(listed[kind] ?? ProgramLeakAmount())
      }
    } else if listed[.indirectlyLost] == nil {
      let bytes = records.values.reduce(into: Int64(0)) { $0 = $0.plus($1.indirectBytes) }
      rest[.indirectlyLost] = ProgramLeakAmount(bytes: bytes)
    }
    return rest.filter { !$0.value.isZero }
  }

  /// Whether the records list more than the tool's own sum.
  package var listsMore: Bool {
    let listed = listed
    if let sum = sums[.leaked] {
      guard tool != .heaptrack else { return false }
      var all = ProgramLeakAmount()
      for amount in listed.values { all.add(amount) }
      return all.bytes > sum.bytes || all.blocks > sum.blocks
    }
    guard !sums.isEmpty, !hasMixed else { return false }
    return listed.contains { kind, amount in
      amount.bytes > sums[kind]?.bytes ?? 0 || amount.blocks > sums[kind]?.blocks ?? 0
    }
  }

  /// Whether this report repeats all that an earlier one of the same process lists.
  func repeats(_ other: ProgramLeakProcess) -> Bool {
    guard process != nil, process == other.process, tool == other.tool, !other.records.isEmpty
    else {
      return false
    }
    return other.records.allSatisfy { key, record in
      guard let own = records[key] else { return false }
      return !key.frames.isEmpty && own.amount.blocks >= record.amount.blocks
    }
  }
}
