import KmemAnalysis

/// The last line on many machines: how many leak, which one first, and what they share.
struct FleetVerdict {
  private let report: FleetReport

  init(_ report: FleetReport) { self.report = report }

  var sentence: String { "Verdict: " + words }

  private var words: String {
    guard let first = report.leaking.first else { return calm }
    let count = report.leaking.count
    return "something grows on \(count) of \(FleetFormat.machines(report.count))"
      + "\(count == 1 ? ":" : "; first") \(first.name)\(growth(first)).\(shared)\(unknown)"
  }

  private func growth(_ host: FleetHost) -> String {
    guard let row = host.culprit else { return "" }
    let owner = row.owner.map { ", allocated by \(OwnerFormat.owner($0))" } ?? ""
    let end = host.exhaustion.map { ", for which memory lasts \(Amount.duration($0))" } ?? ""
    return ", \(row.id.title) by \(FleetFormat.rate(row))\(owner)\(end)"
  }

  private var shared: String {
    // Machines of which too little is known can't be compared with.
    guard report.undecided.count < report.others.count else { return "" }
    guard let best = report.shared.first else { return " They share nothing that the others lack." }
    guard best.isSignificant else { return alone(best) }
    return " What tells them apart best is \(best.trait.kind.word) \(best.trait.name):"
      + " \(best.leakingWith) of \(best.leaking) have it, of the others \(best.othersWith) of"
      + " \(best.others); by chance that is \(FleetFormat.chance(best.adjustedChance))."
  }

  /// Few machines can't tell cause from chance: what only they have is said to be no more than that.
  private func alone(_ best: SharedTrait) -> String {
    let alone = report.shared.filter { $0.leakingWith == $0.leaking && $0.othersWith == 0 }
    guard !alone.isEmpty else { return " What they share may be chance." }
    let names = alone.prefix(3).map { "\($0.trait.kind.word) \($0.trait.name)" }
    let more = alone.count > 3 ? " and \(alone.count - 3) more" : ""
    return " Only \(report.leaking.count == 1 ? "it has" : "they have")"
      + " \(names.joined(separator: ", "))\(more); so few machines may differ by chance."
  }

  private var unknown: String {
    let count = report.undecided.count
    return count == 0 ? "" : " Of \(FleetFormat.machines(count)) too little is known."
  }

  private var calm: String {
    let count = report.undecided.count
    guard count > 0 else {
      return "nothing but cache grows on \(FleetFormat.machines(report.count))."
    }
    let what = "not enough data of \(count) of \(FleetFormat.machines(report.count))"
    return count == report.count ? "\(what)." : "\(what); nothing grows on the others."
  }
}
