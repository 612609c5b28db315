import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport
import KmemSources
import SystemPackage

/// Runs a command under a tool that looks for leaks of programs, and reads what the tool logs.
final class ProgramTool {
  let tool: ProgramLeakTool
  private let command: [String]
  private let program: ProgramFile
  private let logs: ToolLogs

  /// Prepares the tool, before anything runs.
  ///
  /// - Throws: `Failure` if the tool isn't installed, or the command can't be run under it.
  init(_ tool: ProgramLeakTool, _ command: [String]) throws(Failure) {
    self.tool = tool
    self.command = command
    do throws(Errno) {
      program = try ProgramFile(named: command[0])
    } catch {
      throw Failure(
        status: error == .noSuchFileOrDirectory ? .commandNotFound : .commandNotStarted,
        CheckRefusal.notStarted(command: command[0], error: "\(error)"))
    }
    if tool == .valgrind {
      guard ProgramFile.exists("valgrind") else {
        throw Failure(status: .unavailable, CheckRefusal.noValgrind)
      }
      guard !program.isSetID else {
        throw Failure(status: .notPermitted, CheckRefusal.setID(command: command[0]))
      }
    }
    do {
      logs = try ToolLogs(below: LiveFacts.environment("TMPDIR") ?? "/tmp")
    } catch {
      throw Failure(error)
    }
  }

  /// The command as it is run for the time that is given, counted from 1.
  func run(_ number: Int) -> CommandRun {
    let log = "\(logs.folder)/\(number)"
    guard tool == .valgrind else {
      return CommandRun(command, variables: Self.sanitizerOptions(log: log))
    }
    let name = log.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    return CommandRun(["valgrind"] + Self.valgrindOptions + ["--log-file=\(name).%p"] + command)
  }

  /// What the user set in `VALGRIND_OPTS` counts, save for what would hide leaks from the logs, or put
  /// another status in the place of the command's.
  private static let valgrindOptions = [
    "--tool=memcheck", "--leak-check=full", "--show-leak-kinds=definite,indirect,possible",
    "--trace-children=yes", "--child-silent-after-fork=no", "--error-exitcode=0", "--xml=no",
    "--vgdb=no",
  ]

  /// What the sanitizers' runtimes read, behind what the user has set: the last one counts.
  ///
  /// With `exitcode=0` leaks leave the command's status alone. Errors that aren't leaks would end it
  /// with 0 then, so they abort it.
  private static func sanitizerOptions(log: String) -> [String: String] {
    let shared = "log_path='\(log)':abort_on_error=1:exitcode=0"
    let added = [
      "LSAN_OPTIONS": "\(shared):log_threads=1", "ASAN_OPTIONS": "\(shared):detect_leaks=1",
      "HWASAN_OPTIONS": "\(shared):detect_leaks=1",
    ]
    return Dictionary(
      uniqueKeysWithValues: added.map { name, options in
        (name, (LiveFacts.environment(name).map { "\($0):" } ?? "") + options)
      })
  }

  /// What the logs say, once the command has run.
  ///
  /// - Throws: `Failure` if Valgrind couldn't begin.
  func check(rules: [Suppression], frameRules: FrameRules) throws(Failure) -> ProgramCheck {
    var collector = ProgramLeakCollector()
    let count = logs.read { collector.add($0) }
    if count == 0, tool == .valgrind {
      throw Failure(
        status: .unavailable, CheckRefusal.notRunByValgrind(command: command[0]))
    }
    let report = collector.report(
      name: command.joined(separator: " "), rules: rules, frameRules: frameRules)
    return ProgramCheck(
      tool, report: report,
      doubts: doubts(hasAnswers: !report.processes.isEmpty || !report.errors.isEmpty),
      isScript: tool == .valgrind && program.kind == .script)
  }

  private func doubts(hasAnswers: Bool) -> [ProgramCheck.Doubt] {
    if tool == .valgrind { return program.kind == .isolated ? [.linkedStatically] : [] }
    if hasAnswers { return [] }
    return [program.marks.contains(.leakSanitizer) ? .endedBefore : .notBuiltWithIt]
  }
}
