package import ArgumentParser
import KmemControl
import KmemReport

/// The whole program: verbs, wiring, messages, exit status.
package struct KmemcheckCommand: ParsableCommand {
  /// The verbs, and the help that stands above them.
  package static let configuration = CommandConfiguration(
    commandName: "kmemcheck",
    abstract: "Is memory leaking on this machine, where, and how sure are we?",
    discussion: """
      kmemcheck watch                   sample until it's sure who grows
      kmemcheck snap --label before     take a snapshot of the kernel's memory
      kmemcheck diff before now         what grew since, and whose it is
      kmemcheck scan                    let kmemleak look for lost objects, as root
      kmemcheck status                  what this kernel can tell; kmemleak first

      A snapshot may be a path, '-', 'now', '@last', '@2', a label, or '2h ago'. Any
      copied /proc, sosreport or archive of one is a snapshot too.
      Exit status: 0 done, 1 findings, 2 could not decide, 64 usage, 65 bad input,
      66 no such input, 69 the kernel lacks the facility, 74 could not write,
      77 needs privilege, 130 interrupted; check passes on a failed command's own.
      """,
    version: Version.line,
    subcommands: [
      Snap.self, Show.self, Diff.self, Watch.self, Top.self, Maps.self, Scan.self, Check.self,
      Trace.self,
      Leaks.self, Report.self, Status.self, Kmemleak.self, List.self, Export.self,
      Metrics.self, Fleet.self, Redact.self,
    ])

  /// Is made by the parser of arguments.
  package init() {}

  /// Runs the program with the process's arguments and ends it with its exit status.
  package static func run() -> Never {
    StandardStreams.takeNumbers()
    FileSizeLimit.makeError()
    AddressSpaceLimit.explainEnd()
    let arguments = TopArguments.translated(ProgramArguments.words)
    do {
      var command = try parse(arguments)
      try command.run()
      ExitStatus.done.leave()
    } catch let failure as Failure {
      Output.remark("kmemcheck: \(failure.message)")
      leave(unknown: failure.message, failure.status)
    } catch {
      leave(with: error)
    }
  }

  /// Ends the program without an answer; a check of Nagios is told why on standard output, the only
  /// one that it shows.
  private static func leave(unknown reason: String, _ status: ExitStatus) -> Never {
    guard BriefOptions.isNagios(ProgramArguments.words) else { status.leave() }
    _ = try? Output.answer(BriefLine.fitted(reason, prefix: "UNKNOWN: ") + "\n")
    status.ofNagios.leave()
  }

  /// What is wrong about the arguments, without the usage that follows it.
  private static func firstLine(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return String(line.hasPrefix("Error: ") ? line.dropFirst("Error: ".count) : line)
  }

  /// Ends the program with help where it was asked for, or with what is wrong about the arguments.
  private static func leave(with error: any Error) -> Never {
    let status = ExitStatus(rawValue: exitCode(for: error).rawValue)
    let text = fullMessage(for: error)
    guard status == .done, !text.isEmpty else {
      if text.isEmpty { status.leave() }
      Output.remark(lines: text)
      leave(unknown: firstLine(text), status)
    }
    do {
      try Output.answer(text + "\n")
    } catch {
      Output.remark("kmemcheck: \(error.message)")
      error.status.leave()
    }
    status.leave()
  }

  /// The command that the arguments ask for.
  ///
  /// The program ends here at a verb that doesn't exist, and at options of `top` that can't be
  /// combined.
  ///
  /// - Throws: what the parser of arguments throws.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    do {
      return try parseAsRoot(arguments)
    } catch {
      // This comes last: to ask all commands for their names costs as much as to parse the
      // arguments.
      let mistake = VerbSuggestion(arguments: arguments, verbs: verbs)?.refusal
      guard
        let mistake = mistake ?? TopArguments.objection(arguments)
          ?? NegativeValues.objection(arguments) ?? FileArguments.objection(arguments)
      else { throw error }
      Output.remark("kmemcheck: \(mistake.sentence)")
      ExitStatus.usage.leave()
    }
  }

  private static var verbs: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }
}
