package import KmemParsers

/// What a tool that looks for leaks of programs says of a command that was run under it.
package struct ProgramCheck: Sendable {
  /// The tool.
  package let tool: ProgramLeakTool
  /// What its logs say of all processes and runs together.
  package let report: ProgramLeakReport
  /// Why the logs don't tell all.
  package let doubts: [Doubt]
  /// Whether the command is a script, whose interpreter was looked at too.
  package let isScript: Bool

  /// Why what a tool says of a command doesn't answer.
  package enum Doubt: Hashable, Sendable {
    /// The program was built without a sanitizer, and no process that it started has one.
    case notBuiltWithIt
    /// The program has a sanitizer, which didn't come to look: `_exit` or a signal ended it.
    case endedBefore
    /// The program is linked statically, so that Valgrind doesn't see what it allocates.
    case linkedStatically
  }

  /// Puts together what is known once the command has run.
  package init(
    _ tool: ProgramLeakTool, report: ProgramLeakReport, doubts: [Doubt], isScript: Bool
  ) {
    (self.tool, self.report, self.doubts, self.isScript) = (tool, report, doubts, isScript)
  }

  /// What the user half comes to: leaks count whatever is in doubt.
  package var judgement: ProgramLeakJudgement {
    report.judgement == .leaks || doubts.isEmpty ? report.judgement : .undecided
  }

  /// Whether the tool itself failed, so that the status of the command may be the tool's.
  package var hasToolFailed: Bool { !report.failures.isEmpty }
}
