/// What kmemleak's own commands do, and what they take away.
package enum KmemleakCommandWords {
  // MARK: What has been done

  package static let scannerStopped =
    "the automatic scanner is stopped; kmemcheck scan works without it"
  package static let scannerRuns = "the automatic scanner runs, with the period it last had"
  package static let stacksScanned =
    "task stacks are scanned: what they point to counts as referenced"
  package static let stacksNotScanned =
    "task stacks are not scanned: stale pointers there hide no leak, and objects that only a stack "
    + "points to may be reported wrongly"
  package static let forgotten = "all objects reported so far are forgotten"
  package static let disabled = "kmemleak is disabled until the next boot"
  package static let done = "done"

  package static func scannerRuns(everySeconds seconds: UInt32) -> String {
    "the automatic scanner runs every \(seconds) s"
  }

  // MARK: What would be lost

  package static let lostByClear =
    "the objects reported so far are never reported again, and all that they point to counts as "
    + "referenced from then on, so that leaks behind them stay hidden. kmemcheck scan --baseline "
    + "tells new leaks from old ones without it"
  package static let lostByOff =
    "kmemleak stops tracking, and no leak is found until the machine has been booted again; its "
    + "memory is freed only by clear"

  package static let nothingLost = "nothing is lost"

  /// Why a command isn't done unasked.
  package static func refusal(of command: String, loss: String) -> String {
    "\(command) can't be undone before the next boot: \(loss). To do it: kmemcheck kmemleak "
      + "\(command) --yes"
  }

  // MARK: Why nothing was done

  /// Why the object at an address can't be dumped.
  package static func noObject(at address: UInt64) -> String {
    "kmemleak knows no object at \(LeakWords.address(address)): it was freed, or it's of a kind "
      + "that isn't tracked, as pages are"
  }

  package static let interrupted = "interrupted before kmemleak took the command"
  package static let noAnswerInLog =
    "the kernel took the command, but its log holds no answer: see dmesg"

  /// The scans wait for less than kmemleak's own minimum.
  package static let minimumAge =
    "kmemleak itself reports nothing younger than 5 s, whatever --min-age says"
}
