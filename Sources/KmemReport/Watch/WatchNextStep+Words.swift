package import KmemAnalysis

extension WatchNextStep {
  /// Whether a command stands behind the colon of each sentence that has one.
  var endsInCommand: Bool {
    switch self {
    case .lookCloser, .scan, .check, .watchLonger, .watchAll, .record: true
    case .findOwner, .noKmemleak, .consult: false
    }
  }

  /// The step in sentences, with commands that can be copied.
  package var sentences: [String] {
    switch self {
    case .lookCloser(let id, let isHeld, let program):
      WatchAdvice(id: id, isHeld: isHeld, program: program).sentences
    case .findOwner(let remedy): [remedy.sentence]
    case .noKmemleak:
      [
        "kmemleak can't help: it doesn't follow pages that are taken from the page allocator itself."
      ]
    case .scan: ["kmemleak can find the lost objects here: sudo kmemcheck scan"]
    case .consult(let status): [StatusSentence(status).text]
    case .check:
      [
        "If one command causes it, try that command alone behind: sudo kmemcheck check --repeat 20 --"
      ]
    case .watchLonger(let command): ["Watch longer: \(command.words(isRecorded: false))"]
    case .watchAll(let command):
      ["What grows, and whose it is: \(command.words(isRecorded: false))"]
    case .record(let command):
      [
        "Record all the time, so that nothing has to be waited for: sudo "
          + command.words(isRecorded: true)
      ]
    }
  }
}

extension WatchCommand {
  /// The command with all its options.
  fileprivate func words(isRecorded: Bool) -> String {
    var words = ["kmemcheck", "watch"]
    words += isRecorded ? ["--record"] : ["--for", Self.span(seconds)]
    if let interval { words += ["--interval", Self.interval(interval)] }
    if let history { words += ["--history", history] }
    if isFresh { words.append("--fresh") }
    if !pids.isEmpty { words += ["--pid"] + pids.map(String.init) }
    return ShellWords.command(words)
  }

  /// A span of time as the option `--for` takes it.
  private static func span(_ seconds: Double) -> String {
    guard seconds < 1e9 else { return "7d" }
    let minutes = Int((seconds / 60).rounded(.up))
    return minutes < 120 ? "\(minutes)m" : "\((minutes + 59) / 60)h"
  }

  /// A time as the option `--interval` takes it; from 50 ms to a day.
  private static func interval(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }
}
