import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck leaks`: what a leak report says, kmemleak's or that of a tool for programs.
struct Leaks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaks",
    abstract: "Read a leak report of the kernel or of programs, grouped by who allocated.",
    discussion: """
      kmemcheck leaks                        this machine's report, as root
      kmemcheck leaks dmesg.txt              a log, a mail, a decoded report
      kmemcheck leaks after --baseline before
      kmemcheck leaks valgrind.txt           a program's: Valgrind (text, XML),
                                             LeakSanitizer, memleak, heaptrack_print
      ssh host cat /sys/kernel/debug/kmemleak | kmemcheck leaks -

      It reads what earlier scans found and scans nothing itself: an empty report
      proves nothing, and a log that lists nothing proves less. Only kmemleak's own
      file can list nothing: the live one, a snapshot's, one whose name has the word
      kmemleak, or one that --report says is it.
      Memory of a program that is still reachable is no leak.
      Exit status: 0 a report lists no object (with --baseline: no new one),
      1 objects are listed, 2 a log or a damaged text doesn't tell,
      65 no leak report and no kernel log, 66 no such input,
      69 the kernel has no kmemleak, 77 needs privilege.
      """)

  @Argument(
    help: "'now', a file, '-', a snapshot's path, '@last', '@2', a label, or '2h ago'.",
    completion: .snapshot)
  var input = "now"

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @Option(
    name: .long, help: "Tell new from known objects by this earlier report or snapshot.",
    completion: .snapshot)
  var baseline: String?

  @Option(name: .long, help: "Show the one object at this address, with its contents and stack.")
  var object: String?

  @Flag(
    name: .long, help: "The text is kmemleak's own file: if it is empty, nothing is listed.")
  var report = false

  @Flag(
    name: .long,
    help: "Print stacks and bytes for flame graphs; with --baseline, bytes before and after.")
  var folded = false

  @OptionGroup var leakOptions: LeakOptions
  @OptionGroup var options: CommonOptions

  func run() throws {
    SteadyHeap.giveBackLargeBlocks()
    let reading = try loader(input, baseline: baseline)
    let report = try reading.report()
    if folded { return try fold(reading, report) }
    if let programs = try reading.programReport() {
      if object != nil {
        throw Failure(status: .usage, LeakInputRefusal.noObjectOfProgram(name: programs.name))
      }
      return try leakOptions.answer(programs, beside: report, options)
    }
    let resolved = SourceLines(options: leakOptions.sourceLines).resolve(report)
    if let object { return try show(object, of: resolved) }
    try leakOptions.answer(resolved, options)
  }

  private func loader(_ reference: String, baseline: String?) throws(Failure) -> LeakReportLoader {
    LeakReportLoader(
      input: LeakInput(reference: reference, root: root, options: options),
      baseline: baseline, wanted: try address(), rules: try leakOptions.rules(),
      frameRules: try leakOptions.frameRules(), sources: leakOptions.sourceLines,
      isReport: self.report, programs: ProgramLeakText(), programsBefore: ProgramLeakText())
  }

  /// Prints the stacks of a report; a baseline is read for its own amounts.
  private func fold(_ reading: LeakReportLoader, _ report: LeakReport) throws {
    let programs = try reading.programReport()
    let before = try baseline.map { baseline throws(Failure) in
      let earlier = try loader(baseline, baseline: nil)
      let kernels = try earlier.report()
      return stacks(kernels, try earlier.programReport())
    }
    try Output.answer(FoldedText(stacks(report, programs), since: before).text)
    try (programs?.exitStatus ?? report.exitStatus).end()
  }

  private func stacks(_ kernels: LeakReport, _ programs: ProgramLeakReport?) -> FoldedStacks {
    programs.map(FoldedStacks.init) ?? FoldedStacks(kernels.groups)
  }

  private func show(_ object: String, of report: LeakReport) throws {
    guard let found = report.object else {
      throw Failure(status: .noSuchInput, LeakInputRefusal.noObject(address: object))
    }
    let answer = Answer(found.exitStatus, json: LeaksJSON.document(report)) { style in
      LeakObjectText(found, clock: report.clock, style: style).text
    }
    try Output.answer(answer, options)
  }

  private func address() throws(Failure) -> UInt64? {
    guard let object else { return nil }
    let digits = object.hasPrefix("0x") ? object.dropFirst(2) : Substring(object)
    guard let address = UInt64(digits, radix: 16) else {
      throw Failure(status: .usage, LeakInputRefusal.noAddress(object))
    }
    return address
  }
}
