package import KmemAnalysis

/// The conclusion of `status`: kmemleak in one sentence, then what else the kernel can tell.
package struct StatusSentence {
  private let status: KernelStatus

  /// Prepares the sentences.
  package init(_ status: KernelStatus) { self.status = status }

  /// Both sentences.
  package var text: String { "\(kmemleak) \(rest)" }

  private var finding: KmemleakFinding { status.kmemleak }

  private var kmemleak: String {
    switch finding.state {
    case .running: "kmemleak is running."
    case .ready: "kmemleak can be used; only a scan proves that it's alive."
    case .notBuilt: "This kernel can't run kmemleak: \(because)."
    case .unknown: "Whether this kernel has kmemleak is unknown: \(because)."
    case .built: "kmemleak is built in; whether it runs is unknown."
    case .denied where finding.certainty == .certain:
      "kmemleak is built in, but its file isn't open to this reader."
    case .denied: "Whether this kernel has kmemleak can't be seen without root."
    case .lockedDown: "kmemleak can't be used while the kernel is locked down."
    case .debugfsNotBuilt, .debugfsOff, .debugfsNotMounted: "kmemleak is \(finding.state.words)."
    case .defaultOff: "kmemleak is built in and was not switched on at boot."
    case .offAtBoot: "kmemleak is built in and was switched off at boot by kmemleak=off."
    case .poolExhausted, .earlyLogExceeded, .outOfMemory, .overlap:
      "kmemleak is off until the next boot: it \(finding.state.words)."
    case .turnedOff, .disabled:
      "kmemleak is off until the next boot: it was \(finding.state.words)."
    }
  }

  /// The evidence that decided: that of an option where there is one, else the last piece.
  private var because: String {
    let isByOption = finding.state == .notBuilt && finding.certainty == .certain
    guard let reason = isByOption ? finding.evidence.first : finding.evidence.last else {
      return finding.state.words
    }
    guard case .option(let option) = reason else { return reason.words }
    return option.line ?? option.words
  }

  /// What the kernel can tell besides, and what it would tell root.
  private var rest: String {
    let kinds: [(Ability.Identifier, String)] = [
      (.slabinfo, "cache"), (.vmallocinfo, "vmalloc caller"), (.allocinfo, "allocating line"),
    ]
    let open = ["class"] + kinds.filter { status[$0.0]?.state == .yes }.map(\.1)
    let closed = kinds.filter { status[$0.0]?.state == .denied }.map(\.1)
    let verb = finding.state.isUsable ? "It can also tell" : "It can still tell"
    var text = "\(verb) growth by \(listed(open)) (kmemcheck diff)"
    if !closed.isEmpty { text += ", and to root by \(listed(closed))" }
    return text + "."
  }

  private func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension StatusRemark {
  /// What is odd, as a sentence without its full stop.
  var words: String {
    switch self {
    case .configOfOtherVersion(let origin, let version, let release):
      "\(origin) says that it's of Linux \(version), and the kernel is \(release); it is taken at "
        + "its place's word"
    }
  }
}
