extension ProgramLeakReader {
  /// Words without one of which no line begins a report or belongs to none yet: of the others, which are
  /// most in a log, nothing needs to be read.
  static let signs = LiteralIndex([
    // The mark of a process, frames, and records that may be wrapped.
    "==", "--", "**", "at 0x", "by 0x", "#", " bytes in", " direct, ",
    // Valgrind, and other tools of its.
    "LEAK SUMMARY:", "HEAP SUMMARY:", "no leaks are possible", "in use at exit: ",
    "total heap usage: ", "valgrind: ", "Memcheck, a memory error detector", "desc: --",
    "time_unit: ", "<valgrindoutput>", "<error>",
    // The sanitizers.
    "irect leak of ", "Sanitizer", "<empty stack>", "Suppressions used:", "by thread T",
    "-byte region",
    // memleak and heaptrack_print.
    "stacks with outstanding allocations:", "allocations from stack", "total memory leaked: ",
    "MEMORY LEAKS", "heaptrack stats:", "MOST CALLS TO ALLOCATION FUNCTIONS",
    "PEAK MEMORY CONSUMERS",
  ])
}
