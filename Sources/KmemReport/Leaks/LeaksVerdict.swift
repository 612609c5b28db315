import KmemAnalysis
import KmemParsers
import KmemSnapshot

/// The last line of a report, and the remarks on its text.
struct LeaksVerdict {
  private let report: LeakReport

  init(_ report: LeakReport) { self.report = report }

  /// What a report without leaks proves; nil where something was found.
  var worth: String? {
    guard report.objects == 0, report.judgement != .undecided else { return nil }
    return report.scan == nil ? Self.unscanned : ScanVerdict.worth
  }

  private static let unscanned =
    "Reading proves nothing by itself: kmemleak lists an object only after two scans, at least 5 s "
    + "after it was allocated, and nothing was scanned here"

  var sentence: String {
    if let scan = report.scan { return "Verdict: \(ScanVerdict(report, scan).sentence)" }
    if report.judgement == .undecided { return "Verdict: \(undecided)" }
    guard report.objects > 0 else { return "Verdict: \(empty). \(Self.unscanned)" }
    let groups = report.groups.count
    var sentence =
      "Verdict: \(LeakFormat.objects(report.objects)), \(Amount.short(report.bytes)), unreferenced "
      + "in \(groups) \(groups == 1 ? "group" : "groups")"
    let cut = report.text.headlessCount
    if cut > 0 {
      let line = cut == 1 ? "its first line" : "their first lines"
      sentence += ", and \(Amount.count(Int64(cut))) more without \(line)"
    }
    if report.suppressedObjects > 0 {
      sentence += "; \(Amount.count(report.suppressedObjects)) more suppressed"
    }
    if let comparison = report.comparison {
      sentence +=
        "; \(Amount.count(comparison.new)) new, \(Amount.count(comparison.still)) still there, "
        + "\(Amount.count(comparison.gone)) gone"
    }
    return sentence + ". kmemleak suspects them; a later scan may find a reference"
  }

  /// Why a text doesn't answer, with all reasons.
  private var undecided: String {
    let doubts = report.doubts.map(\.words).joined(separator: "; ")
    return
      "\(LeakJudgement.undecided.rawValue): \(doubts)\(remedy). This doesn't mean that nothing leaks"
  }

  /// What may have disabled kmemleak, where nothing else in the text says it.
  private var remedy: String {
    guard report.text.failures.map(\.meaning) == [.disabled] else { return "" }
    return
      ", until the next boot: by kmemleak=off, or by CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF without kmemleak=on, or "
      + "its memory was too small (CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE, before 5.4 …_EARLY_LOG_SIZE)"
  }

  private var empty: String {
    if report.suppressedObjects > 0 {
      return "all of the report is suppressed: \(LeakFormat.objects(report.suppressedObjects))"
    }
    return "the report lists no unreferenced object"
  }

  var remarks: [String] {
    let counts = report.text.counts
    let repeated = report.text.repeated
    var remarks: [String] = []
    if counts.malformed > 0 {
      remarks.append(
        "\(counts.malformed) of \(counts.headers) objects can't be read and are in no group")
    }
    remarks += headless + said
    if counts.incomplete > 0 {
      let are = counts.incomplete == 1 ? "object is" : "objects are"
      remarks.append("\(counts.incomplete) \(are) incomplete: lines are missing or damaged")
    }
    if counts.foreign > 0 {
      let lines = counts.foreign == 1 ? "line between them belongs" : "lines between them belong"
      remarks.append("\(counts.foreign) \(lines) to something else")
    }
    if repeated > 0 {
      remarks.append(
        "\(repeated) objects occur again, as in one report after another; each counts once")
    }
    if !report.movedModules.isEmpty {
      let names = report.movedModules.sorted().joined(separator: ", ")
      remarks.append(
        "loaded at more than one address during this boot: \(names); frames in them may be wrong")
    }
    return remarks + sources
  }

  /// Records that are no objects, as their first lines are missing.
  private var headless: [String] {
    let text = report.text
    guard text.headlessCount > 0 else { return [] }
    let shown = text.headless.prefix(3).map { "no first line, so in no group; \($0.words)" }
    let rest = text.headlessCount - shown.count
    return shown + (rest > 0 ? ["\(rest) more records have no first line"] : [])
  }

  /// What the log says of kmemleak, where it lists objects too.
  private var said: [String] {
    let text = report.text
    guard report.objects > 0 else { return [] }
    let listed = report.objects.plus(report.suppressedObjects).plus(text.repeated)
    let missing = text[.announced].flatMap { $0.objects > listed ? $0 : nil }
    return (missing.map { ["\($0.words); the text lists \(Amount.count(listed)) of them"] } ?? [])
      + (text.failures + text.troubles).map(\.words)
  }

  /// Why lines of source are missing, and which of them rest on sizes of functions alone.
  private var sources: [String] {
    report.sourceNotes.sentences + (SymbolFile.doubt(report.symbolFiles).map { [$0] } ?? [])
  }
}

extension SymbolFile {
  /// Which lines of source rest on sizes of functions alone; nil where none do.
  static func doubt(_ files: [SymbolFile]) -> String? {
    let unsure = files.filter { !$0.isSameBuild }.map(\.path)
    guard !unsure.isEmpty else { return nil }
    let names = unsure.prefix(3).joined(separator: ", ") + (unsure.count > 3 ? ", …" : "")
    return "lines of source from \(names): no build id was recorded to compare, but the functions' "
      + "sizes agree"
  }
}
