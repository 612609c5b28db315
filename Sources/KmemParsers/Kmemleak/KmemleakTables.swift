/// The distinct frames, stacks and task names of a kmemleak report, each kept once.
package struct KmemleakTables: Sendable {
  private var frameTexts = InternTable()
  private var frames: [KmemleakFrame] = []
  private var comms = InternTable()
  private var backtraces = BacktraceTable()
  private var stackFrames: [Int32] = []
  private var stackEnds: [Int] = []
  private var stackHashes: [UInt64] = []
  /// Stacks by hash, −1 where free; the count of slots is a power of two.
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  /// How many distinct stacks there are.
  package var stackCount: Int { stackEnds.count }
  /// How many distinct names of tasks there are.
  package var commCount: Int { comms.count }

  /// The name of a task, by the number that a record has.
  package func comm(_ number: Int) -> String { comms.text(number) }

  /// The frames of a stack, the allocator's first.
  package func stack(_ number: Int) -> [KmemleakFrame] {
    stackFrames[range(number)].map { frames[Int($0)] }
  }

  /// The numbers of a stack's frames.
  func numbers(of stack: Int) -> [Int32] { Array(stackFrames[range(stack)]) }

  /// How many frames a stack has.
  package func depth(_ number: Int) -> Int { range(number).count }

  mutating func comm(_ text: Span<UInt8>) -> Int { comms.number(of: text) }

  /// The number of a frame already seen.
  func knownFrame(_ text: Span<UInt8>, hash: UInt64) -> Int32? {
    frameTexts.find(text, hash: hash).map { Int32(truncatingIfNeeded: $0) }
  }

  mutating func add(_ frame: KmemleakFrame, _ text: Span<UInt8>, hash: UInt64) -> Int32 {
    frames.append(frame)
    return Int32(truncatingIfNeeded: frameTexts.add(text, hash: hash))
  }

  /// The backtrace that the text begins with, if it's one of those seen lately, and where it ends.
  mutating func recent(_ text: Span<UInt8>) -> (backtrace: BacktraceTable.Entry, end: Int)? {
    backtraces.recent(text)
  }

  /// What a backtrace is, if it was ever read.
  mutating func find(_ backtrace: Span<UInt8>) -> BacktraceTable.Entry? {
    backtraces.find(backtrace)
  }

  /// The number of a backtrace; nothing if it's new and so many are kept that this one isn't.
  mutating func backtrace(_ text: Span<UInt8>) -> Int? { backtraces.number(of: text) }

  /// What a backtrace is; nil until its lines were read.
  func known(backtrace number: Int) -> BacktraceTable.Entry? { backtraces[number] }

  mutating func note(_ stack: Int, lines: Int, as backtrace: Int) {
    backtraces.note(stack, lines: lines, as: backtrace)
  }

  /// The number of the stack with these frames.
  mutating func stack(of numbers: [Int32]) -> Int {
    var hash = UInt64(truncatingIfNeeded: numbers.count)
    for number in numbers { hash = hash.mixed(with: UInt64(truncatingIfNeeded: number)) }
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] >= 0 {
      let stack = Int(slots[slot])
      if stackHashes[stack] == hash, isStack(stack, numbers) { return stack }
      slot = (slot &+ 1) & mask
    }
    return add(numbers, hash)
  }

  private func isStack(_ stack: Int, _ numbers: [Int32]) -> Bool {
    let range = range(stack)
    guard range.count == numbers.count else { return false }
    for index in numbers.indices where stackFrames[range.lowerBound &+ index] != numbers[index] {
      return false
    }
    return true
  }

  private mutating func add(_ numbers: [Int32], _ hash: UInt64) -> Int {
    stackFrames += numbers
    stackEnds.append(stackFrames.count)
    stackHashes.append(hash)
    if stackEnds.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 2)
      for stack in stackHashes.indices { place(stack) }
    } else {
      place(stackEnds.count - 1)
    }
    return stackEnds.count - 1
  }

  private mutating func place(_ stack: Int) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: stackHashes[stack] >> 32) & mask
    while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: stack)
  }

  private func range(_ stack: Int) -> Range<Int> {
    (stack == 0 ? 0 : stackEnds[stack - 1])..<stackEnds[stack]
  }
}
