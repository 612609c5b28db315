import KmemAnalysis
import KmemSnapshot

/// The last line of a report that rests on scans.
struct ScanVerdict {
  private let report: LeakReport
  private let scan: ScanFacts

  init(_ report: LeakReport, _ scan: ScanFacts) {
    self.report = report
    self.scan = scan
  }

  var sentence: String {
    switch report.judgement {
    case .confirmed, .suspected, .listed: found
    case .nothingNew, .noneListed: known
    case .nothingFound: "nothing found by \(rests). \(Self.worth)"
    case .grewUnseen: grew
    case .undecided: "no result: \(doubts). This doesn't mean that nothing leaks"
    }
  }

  /// What scans that found nothing prove.
  static let worth =
    "That is evidence, not proof: a stale pointer hides a leak, and pages, objects marked as no leak "
    + "and rings may stay unseen"

  private var rests: String {
    let words = ScanWords(scan).scansInShort
    return scan.isAliveAtEnd == true ? "\(words) with kmemleak alive to the end" : words
  }

  private var doubts: String {
    let doubts = report.doubts.map(\.words).joined(separator: "; ")
    return doubts.isEmpty ? "no report was read" : doubts
  }

  private var found: String {
    let groups = report.groups.filter { $0.news.map { $0.new > 0 } ?? true }
    let bytes = groups.sum { $0.news?.newBytes ?? $0.bytes }
    let news = report.comparison == nil ? "" : "new "
    let sentence =
      "\(report.judgement.rawValue): \(news)\(LeakFormat.objects(report.newObjects)), "
      + "\(Amount.short(bytes)), unreferenced in \(groups.count) "
      + "\(groups.count == 1 ? "group" : "groups") after \(rests)"
    guard scan.isValid else { return "\(sentence). But: \(doubts)" }
    return sentence + (report.judgement == .confirmed ? confirmation : suspicion)
  }

  private var confirmation: String {
    let sure = report.groups.count { $0.certainty == .confirmed }
    let which = sure == report.groups.count ? "" : " for \(sure) of \(report.groups.count) groups"
    return ", and memory grew by as much\(which)"
  }

  private var suspicion: String {
    report.growthVerdict == nil
      ? ". A snapshot before the load would let growth confirm it: kmemcheck snap"
      : ". Growth doesn't confirm it"
  }

  private var known: String {
    "no new leak by \(rests): the \(LeakFormat.objects(report.objects)) listed "
      + "\(report.objects == 1 ? "was" : "were") there before"
  }

  private var grew: String {
    let grown = report.growthVerdict?.sides.unexplained ?? 0
    return "undecided: nothing found by \(rests), but kernel memory that nothing explains grew by "
      + "\(Amount.short(grown)). kmemleak doesn't see pages, objects marked as no leak, nor what a "
      + "stale pointer hides: see kmemcheck diff"
  }
}
