import KmemAnalysis
import KmemParsers

extension SourceGap {
  /// What is missing, as a sentence without its full stop.
  var sentence: String {
    switch kind {
    case .lines(let completeness): completeness.sentence
    case .sums(let tool): "\(tool.words) prints sums: who holds what is used isn't among them"
    case .truncated: "\(name) is cut: it wasn't read or copied to its end"
    case .header: "\(name) has no header: it may be a part of the list"
    case .tail(let last):
      "slabinfo is cut after \(last): the last cache of a whole list is kmem_cache"
    case .ends(let rows):
      "slabinfo is an excerpt: \(rows) row\(rows == 1 ? "" : "s"), without header and end"
    case .table(let rows):
      "the table has \(rows) slab cache\(rows == 1 ? "" : "s"), and nothing tells whether that is all"
    case .middle(let rows):
      "slabinfo is an excerpt: \(rows) rows, and others were left out between them"
    case .listed(let rows, let all):
      "slabtop lists \(rows)\(all.map { " of \($0)" } ?? "") caches"
    case .zone(let zone): "\(name) breaks off in zone \(zone)"
    case .zones(let zones):
      "\(name) lacks zones that zoneinfo has: \(zones.joined(separator: ", "))"
    case .from(let line):
      "\(name) is cut before \(line), which tells how much it holds"
    case .part(let bytes, let whole):
      "\(name) lists \(Amount.short(bytes)) of the \(Amount.short(whole)) that meminfo counts"
    }
  }

  /// What the user can do about it.
  var remedy: String {
    "copy the whole /\(path): nobody is accused, or cleared, for what isn't in it"
  }

  /// What is missing, in a few words for the last line: `AnonPages, Slab and 9 more lines`.
  var missing: String {
    switch kind {
    case .lines(let completeness):
      "\(completeness.names) of meminfo \(completeness.verb) missing"
    case .tail(let last): "slabinfo is cut after \(last)"
    default: sentence
    }
  }

  /// The name by which people know the file.
  private var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension MeminfoCompleteness {
  /// What is missing, as a sentence without its full stop.
  fileprivate var sentence: String {
    switch extent {
    case .whole: "meminfo is whole"
    case .cut(let last): "meminfo ends after \(last): \(names) \(verb) missing"
    case .excerpt: "meminfo is an excerpt: \(names) \(verb) missing"
    case .nodes: "meminfo is put together from other files, which lack \(names)"
    }
  }

  /// Whether the lines are missing, or may be.
  fileprivate var verb: String { isSure ? missed.count == 1 ? "is" : "are" : "may be" }

  /// The missing lines that hold most first: `AnonPages, SUnreclaim, PageTables and 9 more lines`.
  fileprivate var names: String {
    let first = Self.telling.filter(missed.contains)
    let ordered = first + missed.filter { !first.contains($0) }
    guard ordered.count > 4 else { return ordered.joined(separator: ", ") }
    return ordered.prefix(3).joined(separator: ", ") + " and \(ordered.count - 3) more lines"
  }

  /// The lines that tell most of who holds memory.
  private static let telling = [
    "AnonPages", "Cached", "SUnreclaim", "Slab", "Percpu", "HugePages_Total", "PageTables",
    "KernelStack", "VmallocUsed", "Shmem", "Active", "Inactive",
  ]
}
