/// A tool that reports leaks of a program, as its reports tell.
package enum ProgramLeakTool: String, Hashable, Sendable {
  /// Valgrind's memcheck, as text or XML.
  case valgrind
  /// LeakSanitizer, alone or within AddressSanitizer or HWAddressSanitizer.
  case sanitizer
  /// memleak of bcc or of libbpf-tools.
  case memleak
  /// The text that heaptrack_print makes.
  case heaptrack
}

/// What a tool says of lost memory, in the tool's own terms.
package enum ProgramLeakKind: String, Hashable, Sendable, CaseIterable {
  /// Valgrind: no pointer to the block was found.
  case definitelyLost
  /// Valgrind: only lost blocks point to it.
  case indirectlyLost
  /// Valgrind: only pointers into the block's middle were found.
  case possiblyLost
  /// LeakSanitizer: no pointer to the object was found.
  case direct
  /// LeakSanitizer: only leaked objects point to it.
  case indirect
  /// heaptrack, and sums that don't tell which kind: never freed.
  case leaked
  /// memleak: allocated while it watched, and not freed yet.
  case outstanding
  /// Valgrind: a pointer to the block was found, so that it's no leak.
  case stillReachable
  /// Valgrind: left out by the user's own rules.
  case suppressed

  /// Whether memory of this kind is a leak.
  package var isLeak: Bool { self != .stillReachable && self != .suppressed }
}

/// Bytes in so many blocks.
package struct ProgramLeakAmount: Hashable, Sendable {
  /// How many bytes.
  package var bytes: Int64
  /// How many blocks, objects, allocations or calls: whatever the tool counts.
  package var blocks: Int64

  /// Nothing, or so much.
  package init(bytes: Int64 = 0, blocks: Int64 = 0) {
    self.bytes = bytes
    self.blocks = blocks
  }
}

/// One frame of a program's stack.
package struct ProgramFrame: Hashable, Sendable {
  /// The function with its arguments, as the tool shows it; nil where only an address is known.
  package var function: String?
  /// The file of source.
  package var file: String?
  /// The line in it, counted from 1.
  package var line: Int?
  /// The program or library that the code is in.
  package var object: String?
  /// Where in the object it is, as the tool prints it: `0xbef78`.
  package var offset: String?

  /// A frame of which so much is known.
  package init(
    function: String? = nil, file: String? = nil, line: Int? = nil, object: String? = nil,
    offset: String? = nil
  ) {
    self.function = function
    self.file = file
    self.line = line
    self.object = object
    self.offset = offset
  }
}

/// One record of a leak report: memory lost by one stack.
package struct ProgramLeakRecord: Hashable, Sendable {
  /// The tool that reports it.
  package var tool: ProgramLeakTool
  /// The process; nil where the text doesn't tell.
  package var process: Int64?
  /// What the tool says of it.
  package var kind: ProgramLeakKind
  /// What was lost, without what is lost by it.
  package var amount: ProgramLeakAmount
  /// Bytes to which only these blocks point (Valgrind), which records of their own may list too.
  package var indirectBytes: Int64 = 0
  /// The stack, the innermost frame first; empty where it isn't known.
  package var frames: [ProgramFrame] = []
  /// Whether the tool shows growth since its last report: records that it leaves out are unchanged.
  package var isDelta = false
  /// Whether lines of several processes were mixed, so that no stack is known to be this record's.
  package var isMixed = false
  /// Whether Valgrind numbers it as the last one: `in loss record 7 of 7`.
  package var isLast = false
  /// The line at which it begins, counted from 1.
  package var line: Int

  /// A record without a stack yet.
  package init(
    _ tool: ProgramLeakTool, process: Int64?, kind: ProgramLeakKind, amount: ProgramLeakAmount,
    line: Int
  ) {
    self.tool = tool
    self.process = process
    self.kind = kind
    self.amount = amount
    self.line = line
  }
}
