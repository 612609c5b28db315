package import KmemParsers

/// What a trace shows: who allocates what isn't freed, and whether that surely rises.
package struct TraceReport: Sendable {
  /// What is said of the trace as a whole.
  package enum Conclusion: String, Hashable, Sendable {
    /// Somebody's outstanding memory surely rises.
    case rising
    /// Nobody's does.
    case nobody
    /// More events were lost than a verdict allows.
    case lossy
    /// The trace was too short, or what rises is too little to be sure.
    case undecided
  }

  /// A cache or class of the kernel's own that gained memory which no traced allocation accounts for.
  package struct Unexplained: Hashable, Sendable {
    /// What grew.
    package let subject: TraceSubject
    /// Bytes that it gained.
    package let growth: Int64
    /// Bytes that traced allocations left in it.
    package let traced: Int64
  }

  /// What was recorded.
  package let record: TraceRecord
  /// All groups: those that rise first, then by what they hold.
  package private(set) var groups: [TraceGroup]
  /// Growth without a culprit, the largest first.
  package let unexplained: [Unexplained]
  /// The functions that the user passes over.
  package let frameRules: FrameRules
  /// Files from which lines of source were taken.
  package private(set) var symbolFiles: [SymbolFile] = []

  /// Fewer objects than this, followed to the end, tell nothing.
  package static let leastObjects: Int64 = 100
  /// Of a hundred events, so many may be lost.
  private static let mostLost = 1.0

  /// Judges a record; the user's rules pass frames over as the list of allocators does.
  package init(_ record: TraceRecord, frameRules: FrameRules = FrameRules()) {
    let books = TraceBooks(record)
    let judge = TraceJudge(record: record, books: books)
    let grouping = TraceGrouping(record, books: books, rules: frameRules)
    let judged = grouping.groups.map { judge.group($0.subject, $0.members) }.filter { $0.left > 0 }
    let groups = judge.sharing(judged)
    self.record = record
    self.frameRules = frameRules
    self.groups = groups.sorted { one, other in
      one.judgement.rank == other.judgement.rank
        ? (one.bytes, other.culprit?.name ?? "") > (other.bytes, one.culprit?.name ?? "")
        : one.judgement.rank < other.judgement.rank
    }
    unexplained = Self.unexplained(groups, record, books)
  }

  /// Those whose outstanding memory surely rises, the largest first.
  package var rising: [TraceGroup] { groups.filter { $0.judgement == .rising } }

  /// Frames of those that rise, or may, whose lines of source may be asked for.
  package var openFrames: Set<CodeFrame> {
    let groups = groups.lazy.filter { $0.judgement == .rising || $0.judgement.isDoubt }
    return Set(groups.flatMap(\.frames).compactMap(\.code))
  }

  /// The report with lines of source at its frames.
  package func adding(_ answers: SourceAnswers) -> TraceReport {
    var report = self
    for index in report.groups.indices { answers.complete(&report.groups[index].frames) }
    report.symbolFiles = answers.files
    return report
  }

  /// The other names of a subject's cache, if it is one of several that were merged: its objects may be any
  /// one's.
  package func aliases(of subject: TraceSubject) -> [String] {
    guard case .cache(let name?) = subject else { return [] }
    return TraceBooks(record).cache(name)?.aliases.filter { $0 != name } ?? []
  }

  /// Events lost for each hundred: of those that were to be followed, or of all, whichever is more.
  package var lostPercent: Double {
    func percent(_ lost: Int64, of rest: Int64) -> Double {
      let all = rest.plus(lost)
      return all > 0 ? Double(lost) * 100 / Double(all) : 0
    }
    return max(percent(record.lost, of: record.kept), percent(record.missed, of: record.seen))
  }

  /// What it all comes to.
  package var conclusion: Conclusion {
    if lostPercent > Self.mostLost { return .lossy }
    if !rising.isEmpty { return .rising }
    if record.windows.count < 6 { return .undecided }
    return groups.contains { $0.judgement.isDoubt } ? .undecided : .nobody
  }

  /// Caches of the kernel's own that grew by more than what was traced into them.
  private static func unexplained(
    _ groups: [TraceGroup], _ record: TraceRecord, _ books: TraceBooks
  ) -> [Unexplained] {
    var traced: [TraceSubject: Int64] = [:]
    for group in groups {
      let bytes = group.bytes.timesClamped(record.sampling)
      traced[group.subject] = (traced[group.subject] ?? 0).plus(bytes)
    }
    return grownSubjects(record).compactMap { subject in
      guard let growth = books.growth(of: subject), growth >= leastUnexplained else { return nil }
      let known = traced[subject] ?? 0
      guard known < growth / 2 else { return nil }
      return Unexplained(subject: subject, growth: growth, traced: known)
    }.sorted { $0.growth > $1.growth }
  }

  /// Growth below this isn't worth a remark, in bytes.
  private static let leastUnexplained: Int64 = 1 << 20

  /// The subjects of the kernel's own that were traced as a whole.
  private static func grownSubjects(_ record: TraceRecord) -> Set<TraceSubject> {
    guard record.pid == nil else { return [] }
    var subjects: Set<TraceSubject> = []
    for book in record.books {
      guard case .cache(let name, _, let isReclaimable) = book.subject,
        MemorySide(ofCache: name, isReclaimable: isReclaimable) == .kernel
      else { continue }
      if let size = GenericCache.size(name) {
        guard record.kinds.contains(.kmalloc), record.size.map({ $0 == size }) ?? true else {
          continue
        }
        subjects.insert(.kmalloc(size: size))
      } else if record.kinds.contains(.cache), record.cache.map({ $0 == name }) ?? true {
        subjects.insert(.cache(name))
      }
    }
    if record.kinds.contains(.pages) { subjects.insert(.pages) }
    if record.kinds.contains(.percpu) { subjects.insert(.percpu) }
    return subjects
  }
}

extension TraceGroup.Judgement {
  /// The order in which groups are told.
  fileprivate var rank: Int {
    switch self {
    case .rising: 0
    case .stopped: 1
    case .partly, .tooSmallForBooks, .withoutBooks, .tooShort: 2
    case .withoutGrowth, .freedUnseen, .uneven, .tooFew: 3
    case .heldForUserSpace, .cache: 4
    }
  }

  /// Whether it may be a leak that this trace can't be sure of.
  package var isDoubt: Bool {
    switch self {
    case .stopped, .partly, .tooSmallForBooks, .withoutBooks, .tooShort: true
    case .rising, .withoutGrowth, .freedUnseen, .uneven, .tooFew, .heldForUserSpace, .cache: false
    }
  }
}
