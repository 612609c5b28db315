import ArgumentParser
import KmemReport

/// The options of verbs that can answer in one line, for monitors and health checks.
struct BriefOptions: ParsableArguments {
  @Flag(name: .long, help: "Answer with the verdict alone, in a line of at most 80 bytes.")
  var brief = false

  @Flag(
    name: .long,
    help: "The same with the statuses of Nagios: 0, 2 for a finding, 3 for unknown.")
  var nagios = false

  /// Whether one line is wanted.
  var isBrief: Bool { brief || nagios }

  /// The status by which the program ends.
  func status(_ status: ExitStatus) -> ExitStatus { nagios ? status.ofNagios : status }

  /// The answer's line; Nagios shows the word of the status first.
  func line(_ text: String, _ status: ExitStatus) -> String {
    BriefLine.fitted(text, prefix: nagios ? "\(status.ofNagios.nagiosWord): " : "") + "\n"
  }

  /// Whether the program was started by such a check, even if its arguments can't be parsed.
  static func isNagios(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains("--nagios")
  }
}

extension ExitStatus {
  /// The status that Nagios, Icinga and their like take for the same: what could not be decided, or
  /// not be done, is unknown.
  var ofNagios: ExitStatus {
    switch self {
    case .done: .done
    case .findings: .init(rawValue: 2)
    default: .init(rawValue: 3)
    }
  }

  /// What Nagios calls one of its statuses.
  fileprivate var nagiosWord: String {
    switch rawValue {
    case 0: "OK"
    case 2: "CRITICAL"
    default: "UNKNOWN"
    }
  }
}
