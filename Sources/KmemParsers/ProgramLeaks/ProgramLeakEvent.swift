/// One thing that a text says of a program's leaks, in the order in which it says so.
package enum ProgramLeakEvent: Hashable, Sendable {
  /// A tool names itself: its report of a process begins.
  case began(ProgramLeakTool, process: Int64?)
  /// The command line that a process was started with.
  case command(String, process: Int64?)
  /// A record with its stack.
  case record(ProgramLeakRecord)
  /// The tool's own sums by kind, with which a leak check ends.
  case summary(ProgramLeakTool, process: Int64?, [ProgramLeakKind: ProgramLeakAmount])
  /// The tool looked and says that nothing was left to leak.
  case clean(ProgramLeakTool, process: Int64?)
  /// What was allocated at exit, of which Valgrind says only after a leak check what is lost.
  case inUse(process: Int64?, ProgramLeakAmount)
  /// How often the process allocated memory in all, as far as Valgrind saw.
  case allocated(process: Int64?, times: Int64)
  /// An error that is no leak, in the tool's words: `heap-use-after-free`.
  case error(String, process: Int64?)
  /// A tool that reports no leaks: `Helgrind`.
  case otherTool(String)
  /// The tool failed, in its own words.
  case failed(String)
  /// A line of Valgrind's XML, with its number.
  case markup([UInt8], line: Int)
}
