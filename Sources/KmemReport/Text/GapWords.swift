import KmemAnalysis
import KmemParsers
/// What two moments lack for a comparison, in words.
enum GapWords {
  /// The sentence on what can't be compared, without its full stop; nil where all can.
  static func sentence(_ gaps: GrowthGaps) -> String? {
    guard !gaps.isEmpty else { return nil }
    return "What is in no class can't be compared: \(reason(gaps))"
  }

  private static func reason(_ gaps: GrowthGaps) -> String {
    switch gaps.meminfo {
    case .neither: return "meminfo is on neither side"
    case .one: return "meminfo is on one side only"
    case .both: break
    }
    let oneSided = sorted(gaps.oneSided)
    if !oneSided.isEmpty {
      return "\(names(oneSided, atMost: 3)) \(verb(oneSided)) on one side only"
    }
    guard !gaps.absent.isEmpty else { return "meminfo is a container's" }
    let absent = gaps.absent.first == .line(.memTotal) ? [.line(.memTotal)] : sorted(gaps.absent)
    return "\(names(absent, atMost: 3)) \(verb(absent)) on neither side"
  }

  /// The names, once each: `AnonPages, SUnreclaim and 7 more`.
  static func names(_ components: [Books.Component], atMost most: Int) -> String {
    let names = titles(components)
    // One more takes no more room by its name than as a number.
    guard names.count > most + 1 else { return Self.list(names) }
    return names.prefix(most).joined(separator: ", ") + " and \(names.count - most) more"
  }

  /// `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func verb(_ components: [Books.Component]) -> String {
    titles(components).count == 1 ? "is" : "are"
  }

  private static func titles(_ components: [Books.Component]) -> [String] {
    components.map(\.title).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The lines that hold most memory on most machines first.
  private static func sorted(_ components: [Books.Component]) -> [Books.Component] {
    let first = large.filter(components.contains)
    return first + components.filter { !first.contains($0) }
  }

  private static let large: [Books.Component] = [
    .line(.memTotal), .line(.memFree), .line(.anonPages), .line(.sUnreclaim), .line(.cached),
    .line(.sReclaimable), .line(.hugetlb),
  ]
}

extension Books.Component {
  /// The line's or the file's name.
  var title: String {
    switch self {
    case .line(let key): key.rawValue
    case .vmstat: "vmstat"
    case .zoneinfo: "zoneinfo"
    case .slabinfo: "slabinfo"
    case .vmallocinfo: "vmallocinfo"
    case .allocinfo: "allocinfo"
    case .arcstats: "arcstats"
    case .hugePagePools: "the pools of huge pages"
    case .zram: "mm_stat of zram"
    case .config: "the kernel's configuration"
    }
  }
}

/// Growth of single lines of meminfo.
enum LineWords {
  /// The amount, or the number of huge pages.
  static func growth(_ line: NamedChange<String>) -> String {
    line.bytes.growth.map(Amount.signed) ?? line.count.growth.map(Amount.signedCount) ?? "unknown"
  }

  /// `Mlocked +1.0 GiB`.
  static func named(_ line: NamedChange<String>) -> String { "\(line.name) \(growth(line))" }
}
