import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport

/// `kmemcheck check`: what a command leaves behind in the kernel.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Run a command and report only what it leaked in the kernel.",
    discussion: """
      kmemcheck check -- ./test.sh                        once
      kmemcheck check --repeat 20 -- sh -c 'insmod x.ko; rmmod x'
      kmemcheck check --junit leaks.xml -- make kselftest
      kmemcheck check --valgrind -- ./test       leaks of the programs themselves, too
      kmemcheck check --lsan -- ctest            the same, of what has a sanitizer in it

      Looks before and after: classes of memory, slab caches, vmalloc, and kmemleak's
      objects where the kernel has it and you are root. What was lost before isn't
      counted, and nothing is cleared. From 8 repetitions on a leak is told from warm-up.
      The command's input and output are untouched; -o keeps the report out of them.
      Exit status: the command's own if it fails (126, 127 if it can't be started), else
      0 nothing found, 1 leaks, 2 could not decide, 130 interrupted.
      """)

  @Option(
    name: .customLong("repeat"), help: "Run the command this many times, as long as it succeeds.")
  var times = 1

  @Flag(name: .long, help: "Drop the page cache and other caches before memory is looked at.")
  var dropCaches = false

  @Flag(name: .long, help: "Have slab caches give back what is empty before memory is looked at.")
  var shrink = false

  @Option(name: .long, help: "Seconds to wait after the command for what is freed late.")
  var settle = 1.0

  @Flag(name: .long, help: "Judge by growth alone, without kmemleak's scans.")
  var noKmemleak = false

  @Option(name: .long, help: "Scan and read this many times more if anything is found.")
  var confirm = 1

  @Option(name: .long, help: "Seconds between scans; 5 is kmemleak's own minimum.")
  var minAge = ScanProtocol.usualAge

  @Flag(
    name: .long, help: "Run the command and its children under Valgrind, and tell their leaks too.")
  var valgrind = false

  @Flag(
    name: .long,
    help: "Tell the leaks that AddressSanitizer or LeakSanitizer find, where built with them.")
  var lsan = false

  @Option(
    name: .shortAndLong, help: "Write the report to this file instead of standard output.",
    completion: .file())
  var output: String?

  @OptionGroup var leakOptions: LeakOptions
  @OptionGroup var options: CommonOptions

  @Argument(
    parsing: .postTerminator, help: "The command, after --.", completion: .program)
  var command: [String] = []

  func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError("Name the command after --: kmemcheck check -- CMD…")
    }
    guard (1...100_000).contains(times) else {
      throw ValidationError("--repeat takes a number from 1 to 100000.")
    }
    guard !valgrind || !lsan else {
      throw ValidationError("Valgrind can't run a sanitizer's programs: --valgrind or --lsan.")
    }
    guard (0...100).contains(confirm), (0...86400).contains(minAge), (0...3600).contains(settle)
    else {
      throw ValidationError("--confirm takes 0 to 100, --min-age and --settle seconds.")
    }
  }

  private func tool() throws(Failure) -> ProgramTool? {
    if valgrind { return try ProgramTool(.valgrind, command) }
    return lsan ? try ProgramTool(.sanitizer, command) : nil
  }

  func run() throws {
    let check = CheckRun(
      command: command, wanted: times,
      plan: CacheDropPlan(dropsCaches: dropCaches, shrinksSlabs: shrink), settling: settle,
      tool: try tool())
    let report = try CheckSession(
      check: check, rules: try leakOptions.rules(), frameRules: try leakOptions.frameRules(),
      minimumAge: minAge, confirmations: confirm, isWanted: !noKmemleak, leakOptions: leakOptions,
      options: options
    ).report()
    if let reason = check.startFailure {
      throw Failure(
        status: check.iterations.last?.status == 127 ? .commandNotFound : .commandNotStarted,
        CheckRefusal.notStarted(command: command[0], error: reason))
    }
    if let junit = leakOptions.junit { try Output.write(CheckJUnit.document(report), to: junit) }
    let answer = Answer(report.exitStatus, json: CheckJSON.document(report)) { style in
      CheckText(
        report, style: style, isVerbose: options.verbose,
        offersSuppressions: leakOptions.genSuppressions
      ).text
    }
    try Output.answer(answer, options, to: output)
  }
}
