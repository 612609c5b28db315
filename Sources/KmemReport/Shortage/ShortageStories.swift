import KmemAnalysis
import KmemParsers

/// What several reports of one log come to: whether those above the last one tell the same of why memory was
/// short, and if not, what they tell.
struct ShortageStories {
  private let last: Shortage
  private let before: ArraySlice<Shortage>

  /// Nothing where the log has one report.
  init?(_ shortages: [Shortage]) {
    guard shortages.count > 1, let last = shortages.last else { return nil }
    self.last = last
    before = shortages.dropLast()
  }

  /// What stands behind the verdict of the last report: ` (the last of 2 reports, which tell the same)`.
  var words: String {
    let others = otherStories
    let shown = others.prefix(Self.limit).map {
      "; by the one of line \($0.report.line): \($0.sentence)"
    }
    let rest = others.count > Self.limit ? "; \(others.count - Self.limit) stories more above" : ""
    let same = others.isEmpty && !last.isUnknown ? sameWords : ""
    let killed = others.isEmpty && last.isUnknown ? killedWords : ""
    return " (the last of \(before.count + 1) reports\(same))" + shown.joined() + rest + killed
  }

  /// More than two besides the verdict nobody reads in one line.
  private static let limit = 2

  /// The other stories that are known, each by its last report, the newest first.
  private var otherStories: [Shortage] {
    var seen: Set<String> = last.isUnknown ? [] : [last.story]
    return before.reversed().filter { !$0.isUnknown && seen.insert($0.story).inserted }
  }

  /// Where no report tells more, those that were killed in all, the largest first.
  private var killedWords: String {
    let kills = (before + [last]).flatMap { Self.killed(in: $0.report) }
      .sorted { ($0.bytes ?? 0) > ($1.bytes ?? 0) }
    guard kills.count > 1 else { return "" }
    let shown = kills.prefix(4).map { kill in
      kill.name + (kill.bytes.map { " with \(Amount.short($0))" } ?? "")
    }
    let rest = kills.count > 4 ? " and \(kills.count - 4) more" : ""
    return "; killed in all were \(shown.joined(separator: ", "))\(rest)"
  }

  /// Whom a report's lines say was killed; where one picked another's child, the one with amounts, or the last.
  private static func killed(in report: MemoryReport) -> [KilledProcess] {
    let known = report.kills.filter { $0.bytes != nil }
    return known.isEmpty ? Array(report.kills.suffix(1)) : known
  }

  private var sameWords: String {
    let unknown = before.count { $0.isUnknown }
    if unknown == 0 { return ", which tell the same" }
    guard unknown == before.count else { return "; those that can be told tell the same" }
    return unknown == 1 ? "; of the other one it can't be told" : "; of the others it can't be told"
  }
}

extension Shortage {
  /// What two reports share that tell of one cause and of one holder; amounts differ from one to the next.
  fileprivate var story: String {
    ([verdict.cause.id] + storyParts).joined(separator: " ")
  }

  private var storyParts: [String] {
    switch verdict.cause {
    case .cgroup(let group): [group.path ?? "", group.limited ?? ""]
    case .userSpace(let holder):
      [holder.memoryClass.rawValue, report.tasks.programs.first?.name ?? ""]
    case .kernel(let holder, let cache, let site):
      [holder.memoryClass.rawValue, cache?.name ?? "", site?.name.function ?? ""]
    case .debugging(let holder, let cache): [holder.memoryClass.rawValue, cache?.name ?? ""]
    case .cache(let holder, _): [holder.memoryClass.rawValue]
    case .madeRoom: [report.ended ?? ""]
    case .fragmentation(let order, _, _, _, _): ["\(order)"]
    case .cmaFull(let area, _, _): [area ?? ""]
    default: []
    }
  }
}
