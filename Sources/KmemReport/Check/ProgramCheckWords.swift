import KmemAnalysis

/// What a check of a command's own leaks says, in sentences.
struct ProgramCheckWords {
  private let check: ProgramCheck
  /// The program's name.
  private let program: String

  init(_ check: ProgramCheck, command: [String]) {
    self.check = check
    program = command.first ?? ""
  }

  /// What the user half comes to, in few words: `2 groups leak: 300 bytes in 3 blocks definitely lost`.
  var short: String {
    let words = ProgramLeaksVerdict(check.report)
    switch check.judgement {
    case .leaks: return words.leaks
    case .nothingNew, .none: return "clean"
    case .undecided: return "not known, \(reasons.joined(separator: "; "))"
    }
  }

  /// Why it isn't known whether programs leak.
  private var reasons: [String] {
    check.doubts.isEmpty
      ? ProgramLeaksVerdict(check.report).doubts : doubts
  }

  /// Why the logs don't tell all.
  var doubts: [String] { check.doubts.map { $0.words(program) } }

  /// What is worth saying beside the groups.
  var remarks: [String] {
    let script =
      check.isScript
      ? ["\(program) is a script: what its interpreter loses is in it too"] : []
    return script + (check.judgement == .undecided ? [] : doubts)
  }
}

extension ProgramCheck.Doubt {
  fileprivate func words(_ program: String) -> String {
    switch self {
    case .notBuiltWithIt:
      "\(program) isn't built with a sanitizer, nor is anything that it started: build it with "
        + "-fsanitize=address (or leak), or use --valgrind"
    case .endedBefore:
      "\(program) has a sanitizer, which didn't come to look for leaks: a signal or _exit ended it "
        + "before"
    case .linkedStatically:
      "\(program) is linked statically, so Valgrind doesn't see what it allocates: link it "
        + "dynamically, or build it with -fsanitize=address and use --lsan"
    }
  }
}
