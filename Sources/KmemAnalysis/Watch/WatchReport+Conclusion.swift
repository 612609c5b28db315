extension WatchReport {
  /// The conclusion for the whole machine.
  ///
  /// Rows that name an owner decide before the sums do. Shared memory that grows, for one, makes
  /// the sum of user space grow too, and it's held for user space all the same.
  package var conclusion: Conclusion {
    let sums = isOfProcesses ? [] : sides
    let all = isOfProcesses ? [] : [inUse].compactMap(\.self)
    if let found = Self.finding(lasting) ?? Self.finding(sums) { return found }
    if let probable { return probable.side?.conclusion ?? .growing }
    if let found = Self.finding(all) { return found }
    if samples < TrendJudge.fewest || !open.isEmpty || sums.contains(where: \.isOpen) {
      return .notEnough
    }
    if isOfProcesses { return ended.isEmpty && !mayMakeMore ? .stable : .notEnough }
    if hidesTooMuch { return .notEnough }
    let isCache = !caches.isEmpty || sides.contains { $0.verdict.conclusion == .cache }
    return isCache ? .cache : .stable
  }

  /// What grows that belongs to no process, where the user asked about some: files in memory, segments,
  /// queues and the kernel's own may be their doing all the same.
  package var elsewhere: [WatchRow] {
    guard isOfProcesses else { return [] }
    return sides.filter { $0.isGrowing && $0.side != .userSpace && $0.side != .cache }
  }

  /// Whether the processes themselves aren't seen to grow, and what belongs to no process would use up what
  /// is available within a day.
  package var mayMakeMore: Bool {
    guard let available, ended.isEmpty, growing.isEmpty, open.isEmpty else { return false }
    return elsewhere.reduce(0) { $0 + $1.rate } * 86400 > Double(available)
  }

  /// The growth of memory in use, in bytes per second, that could still hide in its noise, or in the
  /// shortness of time.
  ///
  /// Where memory in use becomes less, or cache explains its growth, one side may still grow: each is
  /// asked. What moved by less than the least that is judged isn't seen, however exact it was.
  package var hidden: Double {
    let rows = isOfProcesses ? [] : [inUse].compactMap(\.self) + sides
    let noise = rows.filter { $0.side != .cache && $0.verdict.conclusion != .cache }
      .map { $0.verdict.high ?? 0 }
    let unseen = seconds > 0 ? Double(Self.leastBytes) / seconds : 0
    return max(unseen, noise.max() ?? 0)
  }

  /// Whether hidden growth might use up the available memory within a day.
  ///
  /// The absence of findings means little then.
  package var hidesTooMuch: Bool {
    available.map { hidden * 86400 > Double($0) } ?? false
  }

  /// The conclusion of the row that decides: the kernel's named growth, unless something else grows
  /// much faster.
  private static func finding(_ rows: [WatchRow]) -> Conclusion? {
    let found = rows.filter(\.isGrowing).sorted(by: WatchRow.isFaster)
    guard let fastest = found.first(where: { $0.unit == .bytes }) ?? found.first else { return nil }
    let kernel = found.first { $0.verdict.conclusion == .growing && $0.unit == .bytes }
    let isNamed = kernel.map { $0.rate >= fastest.rate * Conclusion.kernelShare } ?? false
    return isNamed ? .growing : fastest.verdict.conclusion
  }

  /// What grows, without programs that began during the watch where anything else grows: a compiler
  /// grows fast, and gives all of it back when it ends.
  private var lasting: [WatchRow] {
    let lasting = growing.filter { !beganMeanwhile($0) }
    return lasting.contains { !$0.isByProduct } ? lasting : growing
  }

  /// Whether the conclusion accuses something, so that the exit status is 1.
  package var isFinding: Bool { conclusion.isFinding }

  /// The row to name first: the cause of what grows, and of memory that has no such cause the most
  /// precise name among the fastest.
  package var culprit: WatchRow? {
    let conclusion = conclusion
    let wanted = lasting.filter { $0.verdict.conclusion == conclusion }
    let causes = wanted.filter { !$0.isByProduct }
    if conclusion == .heldForUserSpace, let cause = cause(among: causes) {
      return probable(for: cause) ?? cause
    }
    if wanted.isEmpty, let probable { return probable }
    if causes.isEmpty, let cause = openCause(of: wanted) { return cause }
    let named = causes.isEmpty ? wanted : causes
    guard let fastest = named.first(where: { $0.unit == .bytes }) ?? named.first else {
      return nil
    }
    if fastest.isSumOfPrograms, let program = probableProgram(of: fastest) { return program }
    let rivals = (named + lines).filter { $0.isAlike(fastest) && $0.unit == fastest.unit }
    // A cache holds a little more than the line of source that fills it.
    return rivals.filter { $0.rate >= fastest.rate / 2 && $0.rate <= fastest.rate * 1.5 }
      .min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// The count that makes most grow: by a process or a command where one is known; nil where memory that
  /// stands for itself grows faster than any count can make it.
  private func cause(among rows: [WatchRow]) -> WatchRow? {
    let counts = rows.filter { $0.things != nil }
    let weights = WatchCauseWeights(counts, explained: growing + open)
    let heaviest = counts.map(weights.weight).max() ?? 0
    let most = counts.map(weights.most).max() ?? 0
    let alone = rows.filter { $0.unit == .bytes }.map(\.rate).max() ?? 0
    guard heaviest > 0, max(most, heaviest) >= alone else {
      // Address space that the kernel keeps mappings for.
      return alone > 0 ? nil : rows.first { $0.unit == .addressSpace }
    }
    let weighty = counts.filter { weights.weight($0) >= heaviest / 2 }
    let precise = weighty.filter(\.isPrecise)
    if !precise.isEmpty {
      return precise.min {
        ($0.precision, -weights.weight($0)) < ($1.precision, -weights.weight($1))
      }
    }
    return weighty.min { $0.specificity < $1.specificity }
  }

  /// Where all memory in use surely grows and nothing else surely does: what moves as fast, by its most
  /// precise name.
  private var probable: WatchRow? {
    guard !isOfProcesses, let inUse, inUse.isGrowing else { return nil }
    return open.filter {
      $0.unit == .bytes && (0.5...1.5).contains($0.rate / inUse.rate)
    }.min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// The count that makes the rows grow and isn't sure by itself yet: a moment in which a machine stood
  /// still hides how evenly things become more.
  private func openCause(of rows: [WatchRow]) -> WatchRow? {
    var things: Set<KernelCount> = []
    for row in rows {
      if case .counts(let counts) = row.explanation { things.formUnion(counts) }
    }
    return cause(among: open.filter { $0.things.map(things.contains) ?? false })
  }

  /// The process whose things most probably are the cause's: they become more as fast, which isn't sure
  /// by itself yet.
  private func probable(for cause: WatchRow) -> WatchRow? {
    guard cause.things != nil, !cause.isPrecise else { return nil }
    return open.filter {
      $0.things != nil && $0.id.process != nil && (0.75...1.25).contains($0.rate / cause.rate)
    }.min { abs($0.rate - cause.rate) < abs($1.rate - cause.rate) }
  }

  /// The program whose memory moves as fast as a sum over all of them surely grows: programs are read less
  /// often than memory, so that theirs isn't sure yet.
  private func probableProgram(of sum: WatchRow) -> WatchRow? {
    guard !growing.contains(where: { $0.id.isOfProcesses && $0.unit == .bytes }) else { return nil }
    return open.filter {
      $0.unit == .bytes && $0.id.isOfProcesses && (0.75...1.25).contains($0.rate / sum.rate)
    }.min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// The slab cache or class in which the culprit's memory lies, or the most of it.
  package var place: WatchRow? {
    guard let culprit, culprit.side != .userSpace else { return nil }
    let places = growing.filter {
      $0.isPlace && ($0.isAlike(culprit) || $0.isByProduct && culprit.unit != .bytes)
        && !$0.isContents(ofOthersThan: culprit)
    }
    if culprit.unit != .bytes {
      guard let largest = places.max(by: { $0.rate < $1.rate }), largest.id.isSlab else {
        return places.max { $0.rate < $1.rate }
      }
      // The cache that has most of slab.
      let caches = places.filter { $0.id.kind == .slabCache && $0.rate >= largest.rate / 2 }
      return caches.max { $0.rate < $1.rate } ?? largest
    }
    return places.filter { $0.precision > culprit.precision && $0.rate >= culprit.rate / 2 }
      .min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// What grows beside the culprit for itself, the fastest first: other programs, other things of the
  /// same program, and the kernel's own.
  package var beside: [WatchRow] {
    guard let culprit else { return [] }
    let kernel = culprit.isKernels ? nil : growing.first(where: \.isKernels)
    // A process that touches more of a segment is told where segments grow.
    let hasShared = growing.contains { $0.id == .memoryClass(.shmem) }
    return (growing + (hasShared ? lines.filter { $0.id.process != nil } : [])).filter { row in
      row.id != culprit.id && !row.isByProduct && row.latest != nil && !row.isPart(of: culprit)
        && (row.id.process != nil || row.id == kernel?.id
          || row.id == .memoryClass(.shmem) && culprit.id.kind != .processShared)
    }
  }

  /// The cheapest remedy that would tell the owner on this kernel; nil where a line of source names
  /// it.
  package var ownerStep: Remedy? {
    guard culprit?.id.kind != .allocationSite else { return nil }
    return growing.lazy.filter(\.isKernels).compactMap(\.ownerStep).first
  }

  /// Whether the culprit is pages in no class, which kmemleak doesn't follow (mm/page_alloc.c).
  package var isOfLoosePages: Bool {
    culprit?.id == .memoryClass(.unaccounted) || place?.id == .memoryClass(.unaccounted)
  }

  /// How many more seconds would probably decide; nil where these samples do.
  package var secondsNeeded: Double? {
    guard conclusion == .notEnough, !isOver, !mayMakeMore else { return nil }
    if samples > 1, samples < TrendJudge.fewest {
      return seconds / Double(samples - 1) * Double(TrendJudge.fewest - samples)
    }
    if let first = openRow { return first.verdict.secondsNeeded }
    if hidesTooMuch, let available, available > 0 {
      // What could hide shrinks at least as fast as time grows.
      return seconds * min(100, hidden * 86400 / Double(available) - 1)
    }
    return inUse?.verdict.secondsNeeded
  }

  /// Whether all that the user asked about has ended, so that no more can be seen.
  package var isOver: Bool { isOfProcesses && !ended.isEmpty && ended.count >= asked }

  /// The fastest of the rows that may be growing.
  package var openRow: WatchRow? {
    open.first { $0.unit == .bytes } ?? open.first ?? sides.first(where: \.isOpen)
  }

  /// Adds the owners of the growth of caches and classes.
  package mutating func add(_ attributions: [Attribution]) {
    for place in growing.indices where growing[place].isSuspect {
      let found = attributions.first { $0.subject == growing[place].id }
      growing[place].owners = found?.candidates ?? []
      growing[place].ownerStep = found?.nextStep
    }
  }
}

extension SeriesID {
  /// Whether it is a class of slab, whose caches tell more.
  fileprivate var isSlab: Bool {
    self == .memoryClass(.slabUnreclaimable) || self == .memoryClass(.slabReclaimable)
  }
}

extension WatchRow {
  /// How closely the count tells what is meant: each zombie and each process is a thread too, each
  /// socket an open file.
  fileprivate var specificity: Int {
    let order: [KernelCount] = [
      .zombies, .processes, .sockets, .socketBuffers, .threads, .openFiles,
    ]
    return things.flatMap(order.firstIndex) ?? order.count
  }

  /// Whether the row is what descriptors of another process hold.
  fileprivate func isContents(ofOthersThan culprit: WatchRow) -> Bool {
    guard case .contents(let owner?) = explanation, let process = culprit.id.process else {
      return false
    }
    return culprit.id.kind != .processFiles || process != owner
  }

  /// Whether the row is one of the processes whose memory the other adds up.
  fileprivate func isPart(of other: WatchRow) -> Bool {
    guard case .command(let name) = other.id, case .process(let process, .memory) = id else {
      return false
    }
    return process.comm == name
  }

  /// Whether both rows are memory of the same side; pages in no class are the kernel's too.
  fileprivate func isAlike(_ other: WatchRow) -> Bool {
    side == other.side || isSuspect && other.isSuspect
  }
}
