import KmemParsers
package import KmemSnapshot

/// Whose an amount is, which decides what its growth can mean.
package enum AmountRole: String, Hashable, Sendable {
  /// The kernel's own.
  case kernel
  /// Programs' own.
  case program
  /// Held by the kernel for what programs keep open, mapped or stored.
  case userSpace
  /// Given back when memory runs short.
  case cache
}

/// An amount with whose it is.
package struct OwnedAmount: Hashable, Sendable {
  package let value: Int64
  package let role: AmountRole

  package init(value: Int64, role: AmountRole) {
    self.value = value
    self.role = role
  }
}

/// The amounts of a snapshot that can be followed: classes, caches, callers, lines of source, modules.
///
/// What kernel debugging itself holds isn't among them, nor the watcher: the instrument is not the
/// patient.
package struct MemoryAmounts: Sendable {
  package private(set) var values: [Subject: OwnedAmount] = [:]

  init() {}

  package init(_ snapshot: Snapshot) {
    addClasses(of: snapshot)
    addCaches(of: snapshot)
    addCallers(of: snapshot)
    addLines(of: snapshot)
  }

  mutating func add(_ kind: Subject.Kind, _ name: String, _ value: Int64, _ role: AmountRole) {
    let subject = Subject(kind: kind, name: name)
    let sum = value.plus(values[subject]?.value ?? 0)
    values[subject] = OwnedAmount(value: sum, role: role)
  }

  /// Takes out what the watcher holds itself, which grows by every sample that it keeps.
  package mutating func leaveOut(anonymous own: Int64) {
    let anonymous = Subject(kind: .memoryClass, name: MemoryClass.anonymous.title)
    for subject in [anonymous, SideName.user, SideName.inUse] {
      guard let known = values[subject] else { continue }
      values[subject] = OwnedAmount(value: max(0, known.value.minus(own)), role: known.role)
    }
  }

  private mutating func addClasses(of snapshot: Snapshot) {
    for line in Books(snapshot)?.lines ?? [] {
      guard let bytes = line.bytes, let role = line.memoryClass.role else { continue }
      add(.memoryClass, line.memoryClass.title, bytes, role)
    }
  }

  private mutating func addCaches(of snapshot: Snapshot) {
    for cache in snapshot.slabUsage?.caches ?? [] {
      guard let role = cache.role, cache.name != Self.lazilyFreedCache else { continue }
      // Objects, not slabs: a slab is shared, and stays when some of its objects are freed.
      add(.cache, cache.name, cache.activeObjects.timesClamped(cache.objectSize), role)
    }
  }

  private mutating func addCallers(of snapshot: Snapshot) {
    let callers = snapshot.vmallocinfo.value?.callers(pageSize: snapshot.host.pageSize.bytes) ?? [:]
    let hasLines = snapshot.allocinfo.value?.isCounting == true
    for (caller, held) in callers {
      let module = caller.module.map { " [\($0)]" } ?? ""
      add(.vmallocCaller, caller.caller + module, held.bytes, caller.role)
      guard let module = caller.module, !hasLines else { continue }
      add(.module, module, held.bytes, .kernel)
    }
  }

  private mutating func addLines(of snapshot: Snapshot) {
    guard let allocinfo = snapshot.allocinfo.value, allocinfo.isCounting else { return }
    for held in AllocationSums(allocinfo).rows
    where held.tag.role == .owner && !Self.lazilyFreed.contains(held.tag.function) {
      let tag = held.tag
      let module = tag.module.map { " [\($0)]" } ?? ""
      add(
        .allocationLine, "\(tag.file):\(tag.line) \(tag.function)\(module)", held.bytes,
        tag.isOfInodes ? .cache : .kernel)
      // Most of what a module of a filesystem holds is cache.
      guard let module = tag.module, !tag.file.hasPrefix("fs/") else { continue }
      add(.module, module, held.bytes, .kernel)
    }
  }

  /// The cache of what describes areas of vmalloc; each look at `/proc` takes and frees some.
  private static let lazilyFreedCache = "vmap_area"

  /// What describes areas of vmalloc: freed with many others at some later time (mm/vmalloc.c,
  /// `lazy_max_pages`), while the areas themselves are counted by their callers.
  private static let lazilyFreed: Set = [
    "alloc_vmap_area", "preload_this_cpu_lock", "__get_vm_area_node",
  ]
}

extension Allocinfo {
  /// Whether anything was ever counted: profiling may be there and off.
  var isCounting: Bool { tags.contains { $0.bytes != 0 } }
}

extension AllocationTag {
  /// Whether it allocates what the kernel gives back together with files in cache.
  fileprivate var isOfInodes: Bool {
    function.hasSuffix("alloc_inode") || ["alloc_buffer_head", "__d_alloc"].contains(function)
  }
}

extension VmallocCaller {
  var role: AmountRole { isStack ? .userSpace : .kernel }
}

extension MemoryClass {
  /// Whose its growth is; nothing for what is free, and for the instrument.
  package var role: AmountRole? {
    switch self {
    case .free, .perCpuFreeLists, .instrumentation: nil
    case .anonymous: .program
    // Pages on their way between the lists, and in the swap cache.
    case .shmem, .hugePages, .lruInTransit: .userSpace
    case .kernelStacks, .shadowCallStacks, .pageTables, .secPageTables: .userSpace
    case .pageCache, .slabReclaimable, .kernelMiscReclaimable, .writebackTemp: .cache
    default: .kernel
    }
  }

  init?(title: String) {
    guard let found = Self.allCases.first(where: { $0.title == title }) else { return nil }
    self = found
  }
}

extension SlabUsage.Cache {
  /// Whose its growth is; nothing for the instrument.
  package var role: AmountRole? {
    switch meaning?.holder {
    case .instrumentation?: nil
    case .reclaimableCache?: .cache
    // Sockets' inodes are counted as reclaimable, and stay as long as their sockets are open.
    case .userSpace?: isReclaimable == true && name != "sock_inode_cache" ? .cache : .userSpace
    case .kernel?, nil: isReclaimable == true ? .cache : .kernel
    }
  }
}
