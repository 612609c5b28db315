import KmemParsers

/// Sorts the objects of a kmemleak report into groups while it is read.
package struct LeakCollector: Sendable {
  private let modules: ModuleMap
  private let baseline: LeakBaseline?
  private var rules: [Suppression]
  private let frameRules: FrameRules
  private var kinship = LeakKinship()
  private var seen = SeenObjects()
  private var groups: [LeakGroup] = []
  /// The suppressions whose frames and module fit, for each group.
  private var candidates: [[Int]] = []
  /// The intervals between lists of modules in which the objects of each group were allocated.
  private var epochs: [Set<Int?>] = []
  /// The names of tasks, by their numbers in the reader's tables.
  private var comms: [String] = []
  /// The frames of stacks as they were printed, and how many stacks before them were forgotten.
  private var stacks: [[KmemleakFrame]] = []
  private var forgotten = 0
  private var wanted: UInt64?
  /// The iterations of a command; if they are given, only what the iterations lost is collected.
  private let windows: IterationTickRanges?
  /// The object at the address asked for.
  private var found: KmemleakRecord?
  /// Objects that the text holds more than once, as reports one after another do.
  package private(set) var repeated: Int64 = 0
  /// Objects that were allocated while the command ran or memory was sampled, by the process that
  /// samples.
  package private(set) var ofSampler: Int64 = 0
  /// All objects and those of the baseline by stack, the suppressed ones included.
  private var all: [Int64] = []
  private var still: [Int64] = []
  /// What looking at the groups of the next objects came to, which nobody asks for.
  private var touched = 0
  /// At the groups of so many objects is looked at once.
  private static let looked = 32

  /// Begins an empty collection.
  ///
  /// `modules` decides what the frames mean, objects of `baseline` count as known, `rules` leave
  /// objects out, `frameRules` say which frames are never to blame, `wanted` is an address inside the one object to be kept whole, and `windows` are
  /// the iterations of a command.
  package init(
    modules: ModuleMap = ModuleMap(), baseline: LeakBaseline? = nil, rules: [Suppression] = [],
    frameRules: FrameRules = FrameRules(), wanted: UInt64? = nil,
    windows: IterationTickRanges? = nil
  ) {
    self.frameRules = frameRules
    self.windows = windows
    self.modules = modules
    self.baseline = baseline
    self.rules = rules
    self.wanted = wanted
  }

  /// Adds the next objects.
  mutating func add(_ batch: LeakBatch) {
    comms += batch.comms
    stacks += batch.stacks
    for start in stride(from: 0, to: batch.records.count, by: Self.looked) {
      let records = batch.records[start..<min(batch.records.count, start + Self.looked)]
      for (record, _) in records where record.stack < groups.count {
        touched &+= groups[record.stack].touched
      }
      for (record, stacks) in records { add(record, stacks: stacks) }
    }
    forget()
  }

  /// Forgets stacks as they were printed, unless another object may find its modules moved.
  private mutating func forget() {
    guard !modules.tellsMoments else { return }
    forgotten += stacks.count
    stacks.removeAll(keepingCapacity: true)
  }

  /// Adds the next object; `stacks` says how many stacks there were when it was read.
  private mutating func add(_ record: KmemleakRecord, stacks: Int) {
    placeGroup(of: record, count: stacks)
    let identity = record.identity(depth: groups[record.stack].frames.count)
    if let jiffies = record.jiffies, !seen.insert(identity, at: jiffies) {
      repeated += 1
      return
    }
    // Addresses of another boot mean nothing.
    let isKnown = baseline.flatMap { $0.boot == .different ? nil : $0.contains(identity) }
    if isKnown == true { still[record.stack] += 1 }
    all[record.stack] += 1
    kinship.add(record)
    if let wanted, wanted >= record.address, wanted - record.address < max(1, record.size) {
      found = found ?? record
    }
    var window: Int?
    if let windows {
      window = isKnown == true ? nil : record.jiffies.flatMap(windows.index)
      guard window != nil else { return }
      guard !isSampler(record) else {
        ofSampler += 1
        return
      }
    }
    guard rules.isEmpty || !isSuppressed(record) else { return }
    groups[record.stack].add(record)
    if let windows, let window {
      groups[record.stack].lose(1, Int64(clamping: record.size), in: window, of: windows.count)
    }
    if let isKnown { groups[record.stack].compare(record, isNew: !isKnown) }
  }

  private func isSampler(_ record: KmemleakRecord) -> Bool {
    guard let windows, let jiffies = record.jiffies else { return false }
    return windows.isSampler(
      record.comm.map { comms[$0] }, jiffies: jiffies, groups[record.stack].frames)
  }

  /// Makes the record's group, or looks whether its frames mean the same for this object.
  private mutating func placeGroup(of record: KmemleakRecord, count: Int) {
    let moment = modules.moment(jiffies: record.jiffies, age: record.age)
    while groups.count < count {
      groups.append(LeakGroup(frames(of: stack(groups.count), at: moment)))
      // Without a time the stack has no epoch, and needs no set of them.
      epochs.append(moment == nil ? [] : [modules.epoch(of: moment)])
      candidates.append(fittingRules(groups.count - 1))
      all.append(0)
      still.append(0)
    }
    // Without a time of allocation all objects of the stack have the frames of the first one.
    guard moment != nil, epochs[record.stack].insert(modules.epoch(of: moment)).inserted else {
      return
    }
    let printed = stack(record.stack)
    let frames = frames(of: printed, at: moment)
    for (index, frame) in frames.enumerated() where frame != groups[record.stack].frames[index] {
      // The module was loaded when one object was allocated and not when another one was: no module
      // can be named.
      groups[record.stack].frames[index] = LeakFrame(inSeveralModules: printed[index])
    }
    candidates[record.stack] = fittingRules(record.stack)
  }

  /// The frames of a stack as they were printed.
  private func stack(_ number: Int) -> [KmemleakFrame] { stacks[number - forgotten] }

  /// The frames as the map of modules explains them, each marked if it's never to blame.
  private func frames(of stack: [KmemleakFrame], at moment: ModuleMap.Moment?) -> [LeakFrame] {
    frameRules.marking(stack.map { LeakFrame($0, modules, at: moment) })
  }

  private func fittingRules(_ group: Int) -> [Int] {
    rules.indices.filter { rules[$0].fits(groups[group]) }
  }

  private mutating func isSuppressed(_ record: KmemleakRecord) -> Bool {
    guard !candidates[record.stack].isEmpty else { return false }
    let comm = record.comm.map { comms[$0] }
    let fitting = candidates[record.stack].first { rules[$0].fits(size: record.size, comm: comm) }
    guard let fitting else { return false }
    rules[fitting].use(record)
    return true
  }
}

extension LeakCollector {
  /// The groups and the rules with what they left out, once the text has ended; the groups are
  /// ranked by bytes, then by rate.
  ///
  /// The collector has no groups then: each copy of 100,000 is 50 MB.
  package mutating func takeFindings() -> (groups: [LeakGroup], rules: [Suppression]) {
    addKin()
    var kept: [LeakGroup] = []
    swap(&kept, &groups)
    kept.removeAll { $0.objects == 0 }
    for index in kept.indices { kept[index].name(comms) }
    kept.joinAtInterrupts()
    let ranks = kept.indices.sorted { one, other in
      if kept[one].bytes != kept[other].bytes { return kept[one].bytes > kept[other].bytes }
      let spans = (kept[one].span, kept[other].span)
      return spans.0 == spans.1 ? one < other : spans.0 < spans.1
    }
    return (ranks.map { kept[$0] }, rules)
  }

  /// Gives the groups what holds their objects.
  private mutating func addKin() {
    for (stack, kin) in kinship.held() {
      groups[stack].held = kin.objects
      for (holder, objects) in kin.holders {
        let holder = LeakHolder(
          fingerprint: groups[holder].fingerprint, isSameGroup: holder == stack)
        groups[stack].holders[holder, default: 0] += objects
      }
    }
  }

  /// What is left of records whose first lines are missing.
  ///
  /// Frames alone are one's only if they begin in an allocator, or an object follows: any trace may
  /// stand in a text.
  func remains(of reader: KmemleakReader) -> [HeadlessLeak] {
    reader.headless.compactMap { record in
      let frames = frames(of: reader.tables.stack(record.stack), at: nil)
      let isWhole = !record.isBareStack || Self.beginsInAllocator(frames)
      guard isWhole || record.isAboveObject else { return nil }
      return HeadlessLeak(
        line: record.line, comm: record.comm.map { reader.tables.comm($0) },
        culprit: isWhole ? LeakGroup(frames).culprit : nil,
        firstOfTail: isWhole ? nil : frames.first)
    }
  }

  private static func beginsInAllocator(_ frames: [LeakFrame]) -> Bool {
    let symbols = frames.lazy.compactMap(\.symbol)
    let first = symbols.first { !AllocatorFunctions.isRecorder($0) }
    return first.map(AllocatorFunctions.contains) ?? false
  }

  /// The comparison with the baseline, by fingerprint; nothing without a baseline.
  package var comparison: LeakComparison? {
    guard windows == nil else { return nil }
    return baseline.map { baseline in
      LeakComparison(
        boot: baseline.boot, before: baseline.countByFingerprint, now: byFingerprint(all),
        still: baseline.boot == .different ? nil : byFingerprint(still))
    }
  }

  private func byFingerprint(_ counts: [Int64]) -> [String: Int64] {
    var result: [String: Int64] = [:]
    for (stack, count) in counts.enumerated() where count > 0 {
      result[groups[stack].fingerprint, default: 0] += count
    }
    return result
  }

  /// The object at the address asked for, with its stack.
  package var wantedObject: LeakObject? {
    found.map { record in
      var object = LeakObject(
        record, comm: record.comm.map { comms[$0] }, frames: groups[record.stack].frames)
      object.holders = kinship.holders(of: record.address, size: record.size)
      return object
    }
  }
}
