/// One amount over the time watched, judged.
package struct WatchRow: Hashable, Sendable {
  package let subject: Subject
  package let role: AmountRole
  package internal(set) var verdict: TrendVerdict
  /// The amounts by row of the table, missing ones included.
  package let values: [Int64?]
  package let latest: Int64?
  /// Who owns what grew, the surest first; for slab caches and classes, where something tells it.
  package internal(set) var owners: [Candidate] = []
  /// The cheapest thing that would tell the owner on this kernel.
  package internal(set) var ownerStep: Remedy?
  /// What explains the growth of the kernel's own memory by what programs do.
  package internal(set) var explanation: String?

  /// What the amounts gained from the first to the last.
  package var gained: Int64? {
    guard let first = values.lazy.compactMap(\.self).first, let latest else { return nil }
    return latest.minus(first)
  }

  /// Growth per second; nothing where there is no line.
  package var rate: Double { verdict.rate ?? 0 }

  package var isGrowing: Bool { verdict.word == .growing || verdict.word == .heldForUserSpace }

  /// Whether the kernel's own memory grows, and nothing that programs hold explains it.
  package var isKernels: Bool { role == .kernel && verdict.word == .growing }

  /// Whether its growth alone is a finding.
  ///
  /// Touching more of a shared segment isn't growth of the segment. Lines of the kernel itself and of
  /// filesystems also hold cache and what programs asked for: those lines only say who, where a class
  /// or a cache already says that something grows.
  package var isAccusable: Bool {
    switch (role, subject.kind) {
    case (.cache, _): false
    case (_, .allocationLine): subject.name.hasSuffix("]") && !subject.name.hasPrefix("fs/")
    case (_, .processShared): false
    default: true
    }
  }

  /// Whether it may be rising at a rate that matters, or will soon be known to rise, and isn't sure.
  ///
  /// A rate just below what matters must not pass for nothing until the moment when it's sure.
  package var isOpen: Bool {
    guard verdict.word == .notEnough, let low = verdict.low, low > 0 else { return false }
    if max(rate, verdict.high ?? 0) * 3600 >= subject.unit.least { return true }
    return verdict.secondsNeeded.map { $0 <= 2 * verdict.seconds } ?? false
  }
}

extension WatchRow {
  static let percpu = Subject(kind: .memoryClass, name: MemoryClass.percpu.title)
  static let vmalloc = Subject(kind: .memoryClass, name: MemoryClass.vmalloc.title)

  /// How precisely the kind names whom to ask; the most precise first.
  private static let precision: [Subject.Kind] = [
    .allocationLine, .process, .processFiles, .processShared, .module, .vmallocCaller, .command,
    .cache, .cgroup, .count,
    .memoryClass, .side,
  ]

  /// Whether it names somebody, and not only a sum of many.
  package var isPrecise: Bool { ![.count, .memoryClass, .side].contains(subject.kind) }

  /// Whether it says where memory lies, whoever asked for it.
  var isPlace: Bool { subject.kind == .cache || subject.kind == .memoryClass }

  var precision: Int { Self.precision.firstIndex(of: subject.kind) ?? Self.precision.count }

  /// The faster first; those alike by how precisely they name it.
  static func isFaster(_ one: WatchRow, _ other: WatchRow) -> Bool {
    if one.rate != other.rate { return one.rate > other.rate }
    if one.precision != other.precision { return one.precision < other.precision }
    return one.subject.name < other.subject.name
  }
}
