/// Counts of things as causes: what they make grow with them is a by-product.
extension [WatchRow] {
  /// Takes memory for the kernel's own of which programs don't have more: the one rule for what is held
  /// for user space without evidence.
  ///
  /// `counted` are the counts that were sampled; of one that hardly moved there is no row. The count has
  /// to explain a quarter of the growth, by the most that one thing can take.
  mutating func takeUncounted(_ counted: Set<KernelCount>) {
    for index in indices where self[index].verdict.conclusion == .heldForUserSpace {
      let row = self[index]
      let evidence = row.id.evidence
      guard let first = evidence.first, counted.contains(first) else { continue }
      let most = evidence.map { highest($0) * $0.mostBytes }.reduce(0, +)
      guard HeldEvidence.isMissing(gained: row.rate, explained: most) else { continue }
      self[index].side = .kernel
      self[index].explain(as: .growing, .uncounted(first))
    }
  }

  /// The most by which the count may be rising, a second.
  private func highest(_ things: KernelCount) -> Double {
    first { $0.id == .count(things) }.map { $0.verdict.high ?? $0.rate }.map { Swift.max(0, $0) }
      ?? 0
  }

  /// Explains growth where programs hold ever more things.
  ///
  /// An open file, a socket or a thread makes the kernel allocate more than the object named so: a
  /// pipe its buffers, a socket its queues; and a thread needs memory of its program.
  mutating func explainByCounts(_ kinds: [Int: DescriptorKinds]) {
    let causes = likelyCauses
    guard !causes.isEmpty else { return }
    let bytes = bytes(of: causes, kinds)
    let owner = owner(among: causes, kinds)
    let things = Set(causes.compactMap(\.things)).sorted { $0.rawValue < $1.rawValue }
    for index in indices where self[index].id.mayBeByProduct && self[index].isFinding {
      let row = self[index]
      let most = row.id.mayBeContents ? bytes.all + bytes.unknown : bytes.all
      guard row.isKernels || row.side == .heldForUserSpace, row.rate <= most,
        row.explanation == nil
      else { continue }
      // Pages in no class are no objects: where descriptors may hold them all, these do.
      let isHeld = row.side == .unaccounted && row.rate <= bytes.contents
      let isSmall = row.rate <= bytes.objects && !isHeld
      self[index].explain(
        as: .heldForUserSpace,
        isSmall ? .counts(things) : .contents(owner))
    }
    explainOwn(causes.filter(\.isGrowing))
  }

  /// The counts that grow, and those that may: what they would explain isn't blamed on the kernel while
  /// that is open.
  private var likelyCauses: [WatchRow] {
    filter {
      $0.things != nil && $0.rate > 0
        && ($0.verdict.conclusion == .heldForUserSpace || $0.isOpen)
    }
  }

  /// The most bytes of kernel memory that come with the things: the objects alone, what may be in descriptors
  /// whose kind is known, both with what may be in others of programs that are known, and in those of nobody.
  private func bytes(of causes: [WatchRow], _ kinds: [Int: DescriptorKinds])
    -> (objects: Double, contents: Double, all: Double, unknown: Double)
  {
    var objects = 0.0
    for things in Set(causes.compactMap(\.things)) {
      let rates = causes.filter { $0.things == things }.map(\.rate)
      objects += (rates.max() ?? 0) * things.mostBytes
    }
    let files = causes.filter { $0.id.kind == .processFiles }
    let contents = files.map { row in
      let known = row.id.process.flatMap { kinds[$0.pid] }
      return row.rate * (known?.mostBytes ?? DescriptorKinds.unknownMost)
    }
    let seen = files.compactMap { row in
      row.id.process.flatMap { kinds[$0.pid] }.map { row.rate * $0.mostContents }
    }
    let unknown = Self.filesOfNobody(causes, known: files) * DescriptorKinds.unknownMost
    return (objects, seen.reduce(0, +), objects + contents.reduce(0, +), unknown)
  }

  /// The process whose descriptors most probably hold what grows: of those whose descriptors hold anything
  /// the one that has ever more of them.
  private func owner(among causes: [WatchRow], _ kinds: [Int: DescriptorKinds]) -> ProcessName? {
    let held = causes.filter { $0.id.kind == .processFiles }.compactMap { row in
      row.id.process.map { process in
        let most = kinds[process.pid]?.mostBytes ?? DescriptorKinds.unknownMost
        return (process, row.rate * Swift.min(most, DescriptorKinds.unknownMost))
      }
    }
    return held.max { $0.1 < $1.1 }?.0
  }

  /// Open files a second that no program is known to have: programs are sampled less often than memory,
  /// and those of other users only by root.
  ///
  /// Both rates have their noise: a remainder of less than half is none.
  private static func filesOfNobody(_ causes: [WatchRow], known files: [WatchRow]) -> Double {
    guard let all = causes.first(where: { $0.id == .count(.openFiles) }) else { return 0 }
    let rest = all.rate - files.map(\.rate).reduce(0, +)
    return rest > all.rate / 2 ? rest : 0
  }

  /// Explains growth of programs' own memory by their threads, and by ever more processes.
  private mutating func explainOwn(_ causes: [WatchRow]) {
    let threads = explainProcesses(causes)
    let processes = explainCommands(causes, threads)
    let byThreads = threads.values.reduce(0, +)
    let sum = Swift.max(byThreads, processes)
    guard sum > 0 else { return }
    let things: KernelCount = byThreads >= processes ? .threads : .processes
    for index in indices where self[index].isSumOfPrograms && self[index].isGrowing {
      guard sum >= self[index].rate / 2 else { continue }
      self[index].explain(as: .heldForUserSpace, .counts([things]))
    }
  }

  /// Explains growth of processes by their threads.
  ///
  /// - Returns: the bytes a second that are explained, by the name of the program.
  private mutating func explainProcesses(_ causes: [WatchRow]) -> [String: Double] {
    var explained: [String: Double] = [:]
    for index in indices where self[index].verdict.conclusion == .userSpace {
      let row = self[index]
      guard case .process(let process, .memory) = row.id,
        let threads = causes.first(where: { $0.id == .process(process, .threads) }),
        row.rate <= threads.rate * KernelCount.threads.mostOwnBytes
      else { continue }
      explained[process.comm, default: 0] += row.rate
      self[index].explain(as: .heldForUserSpace, .counts([.threads]))
    }
    return explained
  }

  /// Explains growth of commands, all processes of one name together, by ever more of these, or by the
  /// threads of those that grow.
  ///
  /// - Returns: the bytes a second that more processes explain.
  private mutating func explainCommands(_ causes: [WatchRow], _ threads: [String: Double]) -> Double
  {
    var explained = 0.0
    for index in indices where self[index].verdict.conclusion == .userSpace {
      let row = self[index]
      guard case .command(let name) = row.id else { continue }
      if let count = causes.first(where: { $0.id == .commandProcesses(name) }), row.isOfMore(count)
      {
        explained += row.rate
        self[index].explain(as: .heldForUserSpace, .counts([.processes]))
      } else if let own = threads[name], own >= row.rate / 2 {
        self[index].explain(as: .heldForUserSpace, .counts([.threads]))
      }
    }
    return explained
  }

  /// The rows without the address space that comes with a process's other growth, and whether what the
  /// kernel keeps for the mappings is explained by it.
  mutating func explainBySpace() {
    let others = filter {
      $0.id.process != nil && $0.id.kind != .processSpace && ($0.isGrowing || $0.isOpen)
    }
    removeAll { row in
      row.id.kind == .processSpace
        && others.contains { $0.id.process == row.id.process && $0.id.kind != .processFiles }
    }
    // Mappings that surely become more bear out a space that isn't sure by itself.
    let spaces = filter(\.mayBeGrowingSpace)
    // A mapping of one page takes up to a KiB: its area, the tree that it is in, a page table's entries.
    let most = spaces.map(\.rate).reduce(0, +) / 4
    var isCause = false
    // What isn't sure to grow is explained too: by its caches alone it would be named before its cause.
    for index in indices where self[index].isOfMappings {
      guard self[index].isGrowing || self[index].isOpen, self[index].rate <= most,
        self[index].explanation == nil
      else { continue }
      self[index].explain(as: .heldForUserSpace, .space)
      isCause = true
    }
    guard isCause else { return }
    for index in indices where self[index].mayBeGrowingSpace {
      self[index].verdict = self[index].verdict.concluded(.heldForUserSpace)
    }
  }
}

extension WatchRow {
  /// What the row counts; nil for bytes.
  var things: KernelCount? {
    guard case .count(let things) = unit else { return nil }
    return things
  }

  /// Whether the row's growth is no cause of its own: a count makes it grow.
  var isByProduct: Bool {
    switch explanation {
    case .counts, .contents, .space: true
    case .percpuTables, .caches, .reclaimableSlab, .unavailableCache, .uncounted, nil: false
    }
  }

  /// Whether a command's memory grows no faster than by that many more of its processes, each as large
  /// as they are on the average; twice that, as young ones may be larger.
  fileprivate func isOfMore(_ count: WatchRow) -> Bool {
    guard let bytes = latest, let number = count.latest, number > 0 else { return false }
    return rate <= 2 * count.rate * Double(bytes) / Double(number)
  }

  /// Whether the row adds up memory of programs.
  var isSumOfPrograms: Bool {
    switch id {
    case .memoryClass(.anonymous), .memoryClass(.lruInTransit), .cgroup, .side(.userSpace): true
    default: false
    }
  }

  /// Whether the row is what the kernel keeps for mappings.
  fileprivate var isOfMappings: Bool {
    switch id {
    case .memoryClass(.pageTables), .memoryClass(.slabUnreclaimable): true
    case .slabCache(let name):
      ["vm_area_struct", "vma_lock", "maple_node", "anon_vma", "anon_vma_chain"].contains(name)
    default: false
    }
  }

  fileprivate var isFinding: Bool { isGrowing }

  fileprivate var mayBeGrowingSpace: Bool {
    id.kind == .processSpace && rate > 0 && (isGrowing || isOpen)
  }
}
