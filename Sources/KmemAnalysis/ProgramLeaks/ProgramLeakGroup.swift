package import KmemParsers

/// What a tool reports of one kind and one stack, of all processes together.
package struct ProgramLeakGroup: Sendable {
  /// The tool that reports it.
  package let tool: ProgramLeakTool
  /// What the tool says of it.
  package let kind: ProgramLeakKind
  /// The stack, the innermost frame first; empty where none is known.
  package let frames: [ProgramLeakFrame]
  /// What was lost, without what was lost by it.
  package internal(set) var amount = ProgramLeakAmount()
  /// Bytes to which only these blocks point, as Valgrind says; other groups may list them.
  package internal(set) var indirectBytes: Int64 = 0
  /// The processes, each with what it lost.
  package internal(set) var processes: [Int64: ProgramLeakAmount] = [:]
  /// Whether the tool lists it, or only its sum has it.
  package let isListed: Bool
  /// Whether no stack is known because lines of several processes were mixed.
  package internal(set) var isMixed = false
  /// The line of the first record, counted from 1.
  package let line: Int
  /// How it compares with an earlier report; nil without one.
  package internal(set) var news: BaselineDelta?

  init(
    _ tool: ProgramLeakTool, _ kind: ProgramLeakKind, frames: [ProgramLeakFrame], isListed: Bool,
    line: Int
  ) {
    (self.tool, self.kind, self.frames, self.isListed, self.line) =
      (tool, kind, frames, isListed, line)
  }

  /// The frame that asked for the memory; nil where all frames are allocators', or none is known.
  package var culprit: ProgramLeakFrame? { callers.first }

  /// The frames from the culprit on.
  package var callers: [ProgramLeakFrame] {
    guard let start = frames.firstIndex(where: { $0.passedOver == nil }) else { return [] }
    return Array(frames[start...])
  }

  /// Five frames from the culprit on, without lines and addresses: the same in every run.
  package var fingerprint: String {
    let names = frames.filter { $0.passedOver == nil }.prefix(5).map(\.name)
    if !names.isEmpty { return names.joined(separator: " < ") }
    return frames.last.map { "? < \($0.name)" } ?? "?"
  }

  mutating func add(_ more: ProgramLeakAmount, indirect: Int64 = 0, of process: Int64?) {
    amount.add(more)
    indirectBytes = indirectBytes.plus(indirect)
    if let process { processes[process, default: ProgramLeakAmount()].add(more) }
  }
}

extension ProgramLeakAmount {
  /// Adds another amount; a sum beyond 64 bits stays at the largest number.
  mutating func add(_ other: ProgramLeakAmount) {
    bytes = bytes.plus(other.bytes)
    blocks = blocks.plus(other.blocks)
  }

  /// Whether it's nothing at all.
  var isZero: Bool { bytes == 0 && blocks == 0 }

  /// What is left of it without another amount; never below zero.
  func without(_ other: ProgramLeakAmount) -> ProgramLeakAmount {
    ProgramLeakAmount(
      bytes: max(0, bytes.minus(other.bytes)), blocks: max(0, blocks.minus(other.blocks)))
  }
}
