import KmemAnalysis
import KmemControl
import KmemSources
import SystemPackage

/// What a command to kmemleak takes away, said before and after.
struct KmemleakLoss {
  private let command: KmemleakCommand

  init(_ command: KmemleakCommand) { self.command = command }

  /// Why it isn't done unasked.
  var refusal: Failure {
    Failure(
      status: .usage,
      message: "\(command.text) can't be undone before the next boot: \(loss). To do it: "
        + "kmemcheck kmemleak \(command.text) --yes")
  }

  private var loss: String {
    switch command {
    case .clear:
      "the objects reported so far are never reported again, and all that they point to counts as "
        + "referenced from then on, so that leaks behind them stay hidden. kmemcheck scan --baseline "
        + "tells new leaks from old ones without it"
    case .off:
      "kmemleak stops tracking, and no leak is found until the machine has been booted again; its "
        + "memory is freed only by clear"
    default: "nothing is lost"
    }
  }

  /// What has been done, as a sentence.
  static func effect(of command: KmemleakCommand) -> String {
    switch command {
    case .stopScanner: "the automatic scanner is stopped; kmemcheck scan works without it"
    case .startScanner: "the automatic scanner runs, with the period it last had"
    case .scanEvery(let seconds): "the automatic scanner runs every \(seconds) s"
    case .scanStacks(true): "task stacks are scanned: what they point to counts as referenced"
    case .scanStacks(false):
      "task stacks are not scanned: stale pointers there hide no leak, and objects that only a stack "
        + "points to may be reported wrongly"
    case .clear: "all objects reported so far are forgotten"
    case .off: "kmemleak is disabled until the next boot"
    case .scan, .dump: "done"
    }
  }
}

extension KmemleakOrder {
  /// The failure that a refusal means.
  static func failure(_ command: KmemleakCommand, _ error: Errno) -> Failure {
    if case .dump(let address) = command, error == .invalidArgument {
      return Failure(
        status: .noSuchInput,
        message: "kmemleak knows no object at 0x\(String(address, radix: 16)): it was freed, or "
          + "it's of a kind that isn't tracked, as pages are")
    }
    if error == .interrupted {
      return Failure(status: .interrupted, message: "interrupted before kmemleak took the command")
    }
    return KmemleakGate.failure(command, "\(error)")
  }
}
