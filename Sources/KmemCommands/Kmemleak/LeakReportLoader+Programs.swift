import KmemAnalysis
import KmemParsers
import KmemReport

extension LeakReportLoader {
  /// The report on programs' leaks, if the text holds one, once it was read.
  ///
  /// - Throws: `Failure` if the baseline holds no such report.
  func programReport() throws(Failure) -> ProgramLeakReport? {
    guard let programs, programs.isRecognised else { return nil }
    return programs.report(
      name: input.name, rules: rules, frameRules: frameRules, baseline: try programBaseline())
  }

  private func programBaseline() throws(Failure) -> ProgramLeakReport? {
    guard let baseline, let programsBefore else { return nil }
    guard programsBefore.isRecognised else {
      throw Failure(status: .badData, LeakInputRefusal.noProgramBaseline(name: baseline))
    }
    return programsBefore.report(name: baseline, frameRules: frameRules)
  }
}

extension LeakInput {
  /// What the text is called.
  var name: String { reference == "-" ? "standard input" : reference }
}

extension LeakReport {
  /// Whether the text holds something of kmemleak, and not only lines of a log.
  var isOfKmemleak: Bool {
    text.counts.headers > 0 || text.headlessCount > 0 || !text.statements.isEmpty
  }
}

extension LeakOptions {
  /// Writes the answer on programs' leaks, behind that on the kernel's where the text has both.
  ///
  /// - Throws: `Failure` if it can't be written, `ExitCode` as the report's status says.
  func answer(
    _ programs: ProgramLeakReport, beside kernel: LeakReport, _ options: CommonOptions
  ) throws {
    let text = { (style: Style) in
      ProgramLeaksText(
        programs, style: style, isVerbose: options.verbose, offersSuppressions: genSuppressions
      ).text
    }
    guard kernel.isOfKmemleak else {
      if let junit { try Output.write(ProgramLeaksJUnit.document(programs), to: junit) }
      return try Output.answer(
        Answer(programs.exitStatus, json: ProgramLeaksJSON.document(programs), text: text), options)
    }
    if let junit { try Output.write(LeaksJUnit.document(kernel, programs), to: junit) }
    let both = Answer(
      kernel.exitStatus.joined(with: programs.exitStatus),
      json: LeaksJSON.document(kernel, programs)
    ) { style in
      LeaksText(
        kernel, style: style, isVerbose: options.verbose, offersSuppressions: genSuppressions
      ).text + "\n" + text(style)
    }
    try Output.answer(both, options)
  }
}
