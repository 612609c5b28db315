package import KmemAnalysis

/// Why kmemleak can't be commanded, or refused the command.
package enum KmemleakRefusal: Refusal {
  /// kmemleak can't be used on this kernel, or not now.
  case unusable(KmemleakFinding)
  /// kmemleak can be used, but not by this user.
  case needsRoot
  /// kmemleak refused a command although it could be used, with the error's text.
  case refused(command: String, error: String)
  /// Another kmemcheck went on using kmemleak for so many seconds; the number of its process, where
  /// that is known.
  case busy(holder: String?, seconds: Double)
  /// kmemleak tracks no object at the address that was to be dumped.
  case noObject(address: UInt64)
  /// The program was interrupted before kmemleak took the command.
  case interrupted
  /// The command was taken, and the kernel log holds no answer to it.
  case noAnswerInLog
  case unknownCommand(String)
  /// The user gave `scan` as a command, which is a verb of its own.
  case scanIsVerb
  /// The command can't be undone in this boot and wasn't confirmed.
  case needsYes(command: String, Loss)

  /// What a command would take away.
  package enum Loss: Sendable {
    /// All objects reported so far.
    case reported
    /// All tracking, until the next boot.
    case tracking
    case nothing
  }

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .unusable(let finding): Self.unusable(finding)
    case .needsRoot: "only root may command kmemleak: run it with sudo"
    case .refused(let command, let error):
      "kmemleak refused \"\(command)\" (\(error)): it is disabled until the next boot, or the "
        + "kernel is locked down; kmemcheck status tells which"
    case .busy(let holder, let seconds): Self.busy(holder.map(TerminalText.safe), seconds)
    case .noObject(let address):
      "kmemleak knows no object at \(LeakFormat.address(address)): it was freed, or it's of a kind "
        + "that isn't tracked, as pages are"
    case .interrupted: "interrupted before kmemleak took the command"
    case .noAnswerInLog:
      "the kernel took the command, but its log holds no answer: see dmesg"
    case .unknownCommand(let text):
      "\"\(text)\" is no command of kmemleak; these are: scan=on, scan=off, scan=SECONDS, "
        + "stack=on, stack=off, dump 0xADDRESS, clear, off"
    case .scanIsVerb:
      "\"scan\" is no command of kmemleak; to scan, use kmemcheck scan, which waits as long as "
        + "kmemleak needs"
    case .needsYes(let command, let loss):
      "\(command) can't be undone before the next boot: \(loss.words). To do it: kmemcheck "
        + "kmemleak \(command) --yes"
    }
  }

  private static func busy(_ holder: String?, _ seconds: Double) -> String {
    "another kmemcheck\(holder.map { " (process \($0))" } ?? "") has been using kmemleak for "
      + "\(Amount.duration(seconds)): wait for it, or end it\(holder.map { ": sudo kill \($0)" } ?? "")"
  }

  /// The state, what shows it, and the first thing to do about it.
  private static func unusable(_ finding: KmemleakFinding) -> String {
    let remedy = finding.remedies.first.map { " \($0.sentence)" } ?? ""
    let evidence = finding.evidence.map(\.words).joined(separator: "; ")
    return "kmemleak can't be used (\(finding.state.rawValue)): \(evidence).\(remedy)"
  }
}

extension KmemleakRefusal.Loss {
  fileprivate var words: String {
    switch self {
    case .reported:
      "the objects reported so far are never reported again, and all that they point to counts as "
        + "referenced from then on, so that leaks behind them stay hidden. kmemcheck scan "
        + "--baseline tells new leaks from old ones without it"
    case .tracking:
      "kmemleak stops tracking, and no leak is found until the machine has been booted again; its "
        + "memory is freed only by clear"
    case .nothing: "nothing is lost"
    }
  }
}
