import KmemAnalysis

/// Rates and counts of many machines as a person reads them.
enum FleetFormat {
  static func machines(_ count: Int) -> String { "\(count) \(count == 1 ? "machine" : "machines")" }

  static func rate(_ row: FleetHost.Growing) -> String { hourly(row.id, row.rate) }

  /// The interval of the rate; nothing where it isn't known.
  static func interval(_ row: FleetHost.Growing) -> String? {
    guard let low = row.low, let high = row.high else { return nil }
    return "\(hourly(row.id, low)) to \(hourly(row.id, high))"
  }

  private static func hourly(_ id: SeriesID, _ rate: Double) -> String {
    guard abs(rate) < 1e15 else { return "?" }
    let whole = Int64((rate * 3600).rounded())
    return "\(id.unit.isBytes ? Amount.short(whole) : Amount.count(whole))/h"
  }

  /// The owner, or whose the memory is, and who says so where it isn't the samples at hand.
  static func note(_ host: FleetHost) -> String {
    let owner = host.culprit?.owner.map(OwnerFormat.owner)
    let whose =
      owner ?? host.culprit?.place.map { $0.location } ?? host.verdict.conclusion.rawValue
    return host.isRecorders ? "\(whose); judged by its own recorder" : whose
  }

  /// A chance as a person reads it.
  static func chance(_ chance: Double) -> String {
    switch chance {
    case ..<1e-6: "< 1 in a million"
    case ..<0.001: "1 in \(Amount.count(Int64((1 / chance).rounded())))"
    default: Amount.percent(chance)
    }
  }
}

extension FleetTrait.Kind {
  /// What a reader calls it.
  var word: String {
    switch self {
    case .release: "kernel"
    case .build: "build"
    case .module: "module"
    case .cache: "slab cache"
    case .uptime: "booted"
    }
  }
}

extension FleetRemark {
  /// The remark as a sentence.
  var sentence: String {
    switch self {
    case .filesLeftOut(let count):
      "\(count) \(count == 1 ? "file is" : "files are") no capture and no history."
    case .clocksApart(let count, let first):
      "The clock of \(first)\(count > 1 ? " and \(count - 1) more" : "") is ahead of the server's by"
        + " more than 5 minutes."
    case .twoRecorders(let host):
      "\(host) has two sources of the same metrics; the first one counts. Is one recorder too many?"
    case .warning(let text): "The server says: \(text)"
    case .unreadable(let host, let reason): "\(host) is left out: \(reason)."
    }
  }
}
