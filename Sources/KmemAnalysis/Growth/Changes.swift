import KmemParsers
import KmemSnapshot

extension ClassChange {
  /// Every class that either side has, in the order of the books.
  static func all(from before: Books?, to after: Books?) -> [ClassChange] {
    MemoryClass.allCases.compactMap { memoryClass in
      let (first, second) = (before?[memoryClass], after?[memoryClass])
      guard let line = second ?? first else { return nil }
      return ClassChange(
        memoryClass: memoryClass, bytes: change(memoryClass, first, second),
        missing: second?.missing ?? first?.missing, origin: line.origin)
    }
  }

  /// A class of debugging has a line only while something is held; no line means nothing.
  private static func change(
    _ memoryClass: MemoryClass, _ before: Books.Line?, _ after: Books.Line?
  ) -> Change {
    guard memoryClass == .instrumentation else { return Change(before?.bytes, after?.bytes) }
    return Change(before?.bytes ?? 0, after?.bytes ?? 0)
  }
}

extension CacheChange {
  /// Every cache that either side has, the largest growth first.
  static func all(from before: Snapshot, to after: Snapshot) -> Listing<CacheChange> {
    Listing(from: before.slabinfo, to: after.slabinfo) { _, _ in
      let (old, new) = (before.slabUsage, after.slabUsage)
      // What can't be known on one side has no growth, least of all from nothing.
      let unknown = Set(((old?.impossible ?? []) + (new?.impossible ?? [])).map(commonName))
      return changes(from: old?.caches ?? [], to: new?.caches ?? [])
        .filter { !unknown.contains(commonName($0.name)) }
    }
  }

  private static func changes(
    from before: [SlabUsage.Cache], to after: [SlabUsage.Cache]
  ) -> [CacheChange] {
    let old = Dictionary(before.map { (commonName($0.name), $0) }) { first, _ in first }
    let new = Dictionary(after.map { (commonName($0.name), $0) }) { first, _ in first }
    return Set(old.keys).union(new.keys)
      .compactMap { CacheChange(before: old[$0], after: new[$0]) }
      .sorted { ($0.growth, $1.name) > ($1.growth, $0.name) }
  }

  /// kmalloc caches were named by bytes up to 4.19 (`kmalloc-1024`) and in short since (`kmalloc-1k`).
  static func commonName(_ name: String) -> String {
    guard let dash = name.lastIndex(of: "-"), name.contains("kmalloc"),
      let size = Int(name[name.index(after: dash)...]), size >= 1024, size % 1024 == 0
    else { return name }
    let kilo = size / 1024
    let short = kilo >= 1024 && kilo % 1024 == 0 ? "\(kilo / 1024)M" : "\(kilo)k"
    return "\(name[...dash])\(short)"
  }

  private init?(before: SlabUsage.Cache?, after: SlabUsage.Cache?) {
    guard let cache = after ?? before else { return nil }
    name = cache.name
    bytes = Change(before?.bytes, after?.bytes)
    objects = Change(before?.objects, after?.objects)
    objectSize = cache.objectSize
    aliases = cache.aliases
    isReclaimable = cache.isReclaimable
    meaning = cache.meaning
  }
}

extension CountChange {
  /// The counts that both sides have and that changed.
  static func all(from before: KernelCounts, to after: KernelCounts) -> [CountChange] {
    let all: [(String, Int64?, Int64?, String)] = [
      ("inodes in memory", before.inodes, after.inodes, "/proc/sys/fs/inode-nr"),
      ("directory entries", before.dentries, after.dentries, "/proc/sys/fs/dentry-state"),
      ("open files", before.openFiles, after.openFiles, "/proc/sys/fs/file-nr"),
      ("sockets", before.sockets, after.sockets, "/proc/net/sockstat"),
      ("threads", before.tasks, after.tasks, "/proc/loadavg"),
      ("mounts", before.mounts, after.mounts, "/proc/mounts"),
      ("dying cgroups", before.dyingCgroups, after.dyingCgroups, "cgroup.stat"),
    ]
    return all.compactMap { things, first, second, origin in
      guard let first, let second, first != second else { return nil }
      return CountChange(things: things, count: Change(first, second), origin: origin)
    }
  }
}

extension Meeting {
  /// Growths that should meet: that of all caches and of slab, that of all callers and of vmalloc.
  static func growths(
    classes: [ClassChange], caches: Listing<CacheChange>,
    callers: Listing<NamedChange<VmallocCaller>>
  ) -> [Meeting] {
    func growth(_ members: Set<MemoryClass>) -> Int64? {
      let changes = classes.filter { members.contains($0.memoryClass) }.map(\.bytes.growth)
      guard !changes.isEmpty, !changes.contains(nil) else { return nil }
      return changes.sum { $0 ?? 0 }
    }
    var meetings: [Meeting] = []
    if case .listed(let caches) = caches,
      let slab = growth([.slabReclaimable, .slabUnreclaimable, .instrumentation])
    {
      meetings.append(
        Meeting(sums: .cacheGrowth, partsBytes: caches.sum(\.growth), wholeBytes: slab))
    }
    if case .listed(let callers) = callers, let vmalloc = growth([.vmalloc, .kernelStacks]) {
      meetings.append(
        Meeting(
          sums: .vmallocGrowth, partsBytes: callers.sum { $0.bytes.growthFromNothing },
          wholeBytes: vmalloc))
    }
    return meetings
  }
}
