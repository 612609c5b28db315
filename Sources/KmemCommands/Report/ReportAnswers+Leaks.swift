import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

extension ReportAnswers {
  /// What reports of leaks say that an input holds, the kernel's and those of programs; nothing where
  /// there is none, or it lists nothing.
  ///
  /// - Throws: `Failure` if a rule of the user's can't be read.
  func leaks(
    in capture: Capture?, named reference: String, baseline: String? = nil
  ) throws(Failure) -> [Answer] {
    held?.rewind()
    let loader = LeakReportLoader(
      input: LeakInput(
        reference: reference, root: root, options: options, capture: capture?.whole),
      baseline: nil, wanted: nil,
      rules: try SuppressionFiles(named: [], usesDefaults: true).rules(),
      frameRules: try FrameRuleOptions.rules([]), sources: sources, programs: ProgramLeakText())
    guard let report = try? loader.report() else { return [] }
    return kernel(report) + programs(try? loader.programReport())
  }

  private func kernel(_ report: LeakReport) -> [Answer] {
    guard !report.groups.isEmpty else { return [] }
    let resolved = SourceLines(options: sources).resolve(report)
    let text = LeaksText(resolved, style: .pictures, isVerbose: true)
    return [
      Answer(part: HTMLReport.Part("Leak report", text.written), status: report.exitStatus)
    ]
  }

  private func programs(_ report: ProgramLeakReport?) -> [Answer] {
    guard let report else { return [] }
    let text = ProgramLeaksText(report, style: .pictures, isVerbose: true)
    return [
      Answer(part: HTMLReport.Part("Leaks of programs", text.written), status: report.exitStatus)
    ]
  }
}

extension Capture {
  /// The capture, where leaks are to be read from it: a single file is read again, whole, and the
  /// running kernel's report isn't in it.
  fileprivate var whole: Capture? { kind == .live || kind == .file ? nil : self }
}
