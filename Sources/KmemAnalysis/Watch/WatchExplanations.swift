/// Growth that something else explains: what programs hold, cache, per-CPU memory.
extension [WatchRow] {
  private func row(_ subject: Subject) -> WatchRow? { first { $0.subject == subject } }

  /// The rows without what per-CPU memory needs beside itself, where that grows.
  ///
  /// A chunk of it comes with tables and with vectors for memory cgroups and allocation profiling,
  /// which `mm/percpu.c` takes from vmalloc: up to several times what the chunk holds.
  func withoutPercpuTables(beside percpu: WatchRow?) -> [WatchRow] {
    guard let percpu, percpu.isGrowing || percpu.isOpen else { return self }
    let tables = filter {
      $0.subject.kind == .vmallocCaller && $0.subject.name.hasPrefix("pcpu_")
    }
    let rate = tables.map(\.rate).reduce(0, +)
    return compactMap { row in
      if tables.contains(row) || row.subject == WatchRow.vmalloc && rate >= row.rate / 2 {
        return nil
      }
      guard row.subject == WatchRow.percpu, rate > 0 else { return row }
      var row = row
      row.explanation = "Its tables grow with it, in vmalloc."
      return row
    }
  }

  /// Takes growth of the kernel's own memory for what it is where programs hold ever more things.
  ///
  /// An open file, a socket or a thread makes the kernel allocate more than the object named so: a
  /// pipe its buffers, a socket its queues.
  mutating func explainByCounts() {
    let counts = filter { $0.subject.kind == .count && $0.isGrowing }
    let bytes = counts.map { $0.rate * Self.bytesBehind($0.subject.name) }.reduce(0, +)
    guard bytes > 0 else { return }
    let names = counts.map(\.subject.name).joined(separator: " and ")
    for index in indices where self[index].role == .kernel && self[index].subject != SideName.inUse
    {
      guard self[index].verdict.word == .growing, self[index].rate <= bytes else { continue }
      self[index].explain(
        as: .heldForUserSpace, "It grows no faster than what the ever more \(names) need.")
    }
  }

  /// The most that the kernel allocates for one more of them, without their contents.
  private static func bytesBehind(_ things: String) -> Double { things == "threads" ? 65536 : 4096 }

  /// Takes growth of unreclaimable slab for that of its caches of what programs hold, where they make
  /// up most of it: mappings (`vm_area_struct`), open files, sockets.
  ///
  /// Each of them alone may not be sure yet. A cache of the kernel's own is accused all the same.
  mutating func explainByHeldCaches() {
    guard let slab = row(.slabUnreclaimable), slab.verdict.word == .growing || slab.isOpen,
      let index = firstIndex(where: { $0.subject == slab.subject })
    else { return }
    let held = filter {
      $0.subject.kind == .cache && $0.role == .userSpace && ($0.verdict.low ?? 0) > 0
    }
    guard held.map(\.rate).reduce(0, +) >= slab.rate * 2 / 3 else { return }
    self[index].explain(as: .heldForUserSpace, "Most of it is in caches of what programs hold.")
  }

  /// Takes growth of unreclaimable slab for what goes with reclaimable slab, where that grows faster.
  ///
  /// A filesystem's inodes can be given back; what it keeps beside each (ext4's `jbd2_inode`, vectors
  /// of accounting) goes with them. A cache of the kernel's own that grows is accused all the same.
  mutating func explainByCache() {
    guard let cache = row(.slabReclaimable), let slab = row(.slabUnreclaimable), slab.rate > 0,
      cache.verdict.word == .cache ? slab.rate <= cache.rate : slab.rate <= cache.verdict.low ?? 0
    else { return }
    let vectors = filter { $0.mayBeVectors(beside: cache) }.map(\.subject)
    let own = filter {
      $0.subject.kind == .cache && $0.role == .kernel && $0.isGrowing
        && !vectors.contains($0.subject)
    }
    guard own.map(\.rate).reduce(0, +) < slab.rate / 2 else { return }
    let sums = [slab.subject, SideName.kernel]
    for index in indices where self[index].verdict.word == .growing || self[index].isOpen {
      let row = self[index]
      guard
        vectors.contains(row.subject)
          || sums.contains(row.subject) && row.rate <= 1.5 * slab.rate
      else { continue }
      self[index].explain(as: .cache, "It grows with reclaimable slab, and no faster.")
    }
  }

  /// Takes growth of memory in use for that of cache, where no other side grows and cache grows faster.
  ///
  /// While there is little cache the kernel counts only half of it as available: as much as its
  /// watermarks is left to it (`si_mem_available`, mm/show_mem.c).
  mutating func explainInUse() {
    guard let inUse = firstIndex(where: { $0.subject == SideName.inUse }), self[inUse].rate > 0,
      let cache = row(SideName.cache), self[inUse].rate <= cache.rate,
      cache.verdict.word == .cache || (cache.verdict.low ?? 0) >= self[inUse].rate
    else { return }
    let others = [SideName.user, SideName.kernel, SideName.heldForUser].compactMap(row)
    let rest = others.map { Swift.max(0, $0.rate) }.reduce(0, +)
    guard !others.contains(where: \.isGrowing), rest <= self[inUse].rate / 4,
      self[inUse].verdict.word == .growing || self[inUse].isOpen
    else { return }
    self[inUse].explain(
      as: .cache, "It is cache that grows, part of which isn't counted as available.")
  }

  private func row(_ memoryClass: MemoryClass) -> WatchRow? {
    row(Subject(kind: .memoryClass, name: memoryClass.title))
  }
}

extension WatchRow {
  /// Whether it may be the vectors that accounting keeps, one for each slab of the cache that grows:
  /// up to 16 bytes an object, in a cache of the next size (`alloc_slab_obj_exts`, mm/slub.c).
  ///
  /// A slab has a page or more, and objects of which many are small have no vector of more than a
  /// quarter of it; a sixth more is for the uncertainty of both rates.
  fileprivate func mayBeVectors(beside cache: WatchRow) -> Bool {
    guard role == .kernel, rate > 0, let size = kmallocSize else { return false }
    return rate <= cache.rate * min(size / 4096, 0.25) * 7 / 6
  }

  /// The size of the objects, by the name: `kmalloc-512`, `kmalloc-1k`, `kmalloc-rnd-05-1k`.
  private var kmallocSize: Double? {
    guard subject.kind == .cache, subject.name.hasPrefix("kmalloc-"),
      !subject.name.hasPrefix("kmalloc-cg-"), let word = subject.name.split(separator: "-").last
    else { return nil }
    guard word.hasSuffix("k") else { return Double(word) }
    return Double(word.dropLast()).map { $0 * 1024 }
  }

  fileprivate mutating func explain(as word: TrendVerdict.Word, _ explanation: String) {
    self.explanation = explanation
    verdict = verdict.asWord(word)
  }
}

extension TrendVerdict {
  /// The same growth under another word.
  fileprivate func asWord(_ word: Word) -> TrendVerdict {
    TrendVerdict(
      name: name, word: word, rate: rate, low: low, high: high, samples: samples,
      seconds: seconds, warmUp: warmUp, growth: growth, noise: noise, chance: chance,
      secondsNeeded: nil, samplesNeeded: nil, exhaustion: exhaustion, reason: reason)
  }
}
