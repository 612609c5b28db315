/// The numbers of one process in `/proc/PID/stat`.
///
/// Written by `do_task_stat` in `fs/proc/array.c`. Readable by everyone, unless `hidepid` hides the
/// process; addresses are 0 for those who may not trace it.
package struct ProcStat: Hashable, Sendable {
  /// The process's id.
  package let pid: Int
  /// The command's name: at most 15 bytes, of a kernel thread up to 63.
  ///
  /// Any byte but NUL is possible.
  package let comm: String
  /// One letter: `R` runs, `S` sleeps, `D` waits in the kernel, `Z` has ended.
  package let state: String
  /// The parent's pid.
  package let parent: Int
  /// `PF_…` of `include/linux/sched.h`.
  package let flags: UInt64
  /// Page faults since the start: those that needed no disk, and those that did.
  package let minorFaults: UInt64
  /// Page faults since the start that needed the disk.
  package let majorFaults: UInt64
  /// The number of the process's threads.
  package let threads: Int
  /// When it was started, in ticks of USER_HZ (100 a second) since boot: with the pid its identity.
  package let startTime: UInt64
  /// Bytes of address space.
  package let virtualSize: UInt64
  /// Pages in memory; may be off by a few pages on many processors (6.2 and later).
  package let residentPages: Int64
  /// None: the text is one line, which is read or refused.
  package var remarks: [Remark] { [] }

  /// Whether it is a thread of the kernel, which has no memory of its own: `PF_KTHREAD` (2.6.27).
  package var isKernelThread: Bool { flags & 0x20_0000 != 0 }

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if the text isn't that of this file, or ends before the amounts.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension ProcStat {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    guard let line = lines.next() else { throw Self.refusal(text) }
    let open = line.offset(ofByte: UInt8(ascii: "("))
    // The name may have parentheses of its own: the last one of the line ends it.
    var close = line.count - 1
    while close > open, line[close] != UInt8(ascii: ")") { close -= 1 }
    guard close > open,
      let pid = line.extracting(0..<open).trimmed().decimal.flatMap(Int.init(exactly:))
    else { throw Self.refusal(text) }
    var fields = Fields(line.extracting((close + 1)..<line.count))
    guard let state = fields.next(), state.count == 1 else { throw Self.refusal(text) }
    self.pid = pid
    comm = line.extracting((open + 1)..<close).commandName
    self.state = state.text
    guard let rest = Numbers(&fields) else {
      throw ParseError(line: 1, reason: "the text of /proc/PID/stat ends before the amounts")
    }
    parent = Int(rest.parent)
    flags = rest.flags
    minorFaults = rest.minorFaults
    majorFaults = rest.majorFaults
    threads = Int(truncatingIfNeeded: rest.threads)
    startTime = rest.startTime
    virtualSize = rest.virtualSize
    residentPages = rest.residentPages
  }

  private static func refusal(_ text: Span<UInt8>) -> ParseError {
    noLine(of: "/proc/PID/stat", in: text, example: "812 (sshd) S 1 812 812 0 -1 4194560 …")
  }

  /// What is wanted of the fields behind the state, which is the third of the line.
  private struct Numbers {
    let parent: Int64
    let flags: UInt64
    let minorFaults: UInt64
    let majorFaults: UInt64
    let threads: Int64
    let startTime: UInt64
    let virtualSize: UInt64
    let residentPages: Int64

    init?(_ fields: inout Fields) {
      var values: [UInt64] = []
      while values.count < 21, let value = fields.next()?.amount { values.append(value) }
      guard values.count == 21 else { return nil }
      // Field n of the manual page is at n - 4.
      parent = Int64(bitPattern: values[0])
      flags = values[5]
      minorFaults = values[6]
      majorFaults = values[8]
      threads = Int64(bitPattern: values[16])
      startTime = values[18]
      virtualSize = values[19]
      residentPages = Int64(bitPattern: values[20])
    }
  }
}

extension Span<UInt8> {
  /// The name of a command with the kernel's escapes for a newline and a backslash turned back.
  fileprivate var commandName: String {
    guard offset(of: "\\") != nil else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < count {
      if holds("\\n", at: index) {
        bytes.append(Ascii.newline)
        index += 2
      } else if holds("\\\\", at: index) {
        bytes.append(UInt8(ascii: "\\"))
        index += 2
      } else {
        bytes.append(self[index])
        index += 1
      }
    }
    return bytes.span.text
  }
}
