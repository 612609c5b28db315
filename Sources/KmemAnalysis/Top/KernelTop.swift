package import KmemSnapshot

/// What holds kernel memory now: classes, slab caches, modules, call sites.
package struct KernelTop: Sendable {
  /// What holds memory.
  package enum Holder: Hashable, Sendable {
    /// A class, a cache, a line of source, a caller of vmalloc.
    case series(SeriesID)
    /// A module, or a part of the kernel.
    case holder(KernelHolders.Holder)
  }

  /// One holder of memory, and how much.
  package struct Row: Hashable, Sendable {
    /// What holds the memory.
    package let id: Holder
    /// Whose the memory is; nil for a module, part of which may be held for others.
    package let side: MemorySide?
    /// Bytes held.
    package let held: Int64
    /// Bytes gained since the first sample; nil where there was one only.
    package let gained: Int64?
    /// Objects, areas or calls; nothing where they aren't counted.
    package let count: Int64?
    /// The owners of a cache; empty for other rows.
    package var owners: [Candidate] = []
    /// What a cache's objects are, by its name; nil for other rows and unknown names.
    package var meaning: CacheMeaning?
    /// The other names of a merged cache.
    package var aliases: [String] = []
  }

  /// By what rows are sorted.
  package enum Order: String, CaseIterable, Sendable {
    case held, growth, count, name
  }

  /// When and on which boot the numbers were read.
  package let moment: Moment
  /// Seconds since the first sample; nil where there was one only.
  package let seconds: Double?
  /// Classes of kernel memory.
  package let classes: [Row]
  /// Slab caches.
  package let caches: [Row]
  /// Modules and parts of the kernel, with what they hold in all.
  package let modules: [Row]
  /// Lines of source where allocinfo has them, else callers of vmalloc.
  package let sites: [Row]
  /// Whether `sites` are lines of source or callers of vmalloc.
  package let sitesOrigin: SeriesID.Kind

  /// Whether nothing is known of any holder.
  package var isEmpty: Bool {
    classes.isEmpty && caches.isEmpty && modules.isEmpty && sites.isEmpty
  }

  /// What is held at the moment of a look, and what was gained since an earlier one.
  package init(_ now: KernelLook, since start: KernelLook? = nil, order: Order = .held) {
    let growth = start.map { Growth(from: $0.model, to: now.model) }
    moment = Moment(now.model.snapshot)
    seconds = growth?.seconds
    classes = Self.classes(now.model, growth).sorted(by: order)
    caches = Self.caches(now.model, growth).sorted(by: order)
    modules = Self.modules(now, since: start).sorted(by: order)
    let tags = Self.tags(now.model, growth)
    sites = (tags.isEmpty ? Self.callers(now.model, growth) : tags).sorted(by: order)
    sitesOrigin = tags.isEmpty ? .vmallocCaller : .allocationSite
  }

  private static func classes(_ model: MemoryModel, _ growth: Growth?) -> [Row] {
    (model.books?.lines ?? []).compactMap { line in
      guard line.memoryClass.side != .free, let bytes = line.bytes else { return nil }
      return Row(
        id: .series(.memoryClass(line.memoryClass)), side: line.memoryClass.side, held: bytes,
        gained: growth?[line.memoryClass], count: nil)
    }
  }

  private static func caches(_ model: MemoryModel, _ growth: Growth?) -> [Row] {
    let gained = growth.map { growth in
      Dictionary(growth.caches.elements.map { ($0.name, $0.growth) }) { first, _ in first }
    }
    let owners = model.cacheOwners
    return (model.slab?.caches ?? []).map { cache in
      Row(
        id: .series(.slabCache(cache.name)), side: cache.side, held: cache.bytes,
        gained: gained.map { $0[cache.name] ?? 0 },
        count: cache.objects, owners: owners[cache.name] ?? [],
        meaning: cache.meaning, aliases: cache.aliases)
    }
  }

  private static func modules(_ now: KernelLook, since start: KernelLook?) -> [Row] {
    let gained = start.map { start in
      Dictionary(
        HolderTotals(from: start.holders, to: now.holders).rows.map { ($0.holder, $0.total) }
      ) { $0.plus($1) }
    }
    return HolderTotals(now.holders).rows.map { row in
      Row(
        id: .holder(row.holder), side: nil, held: row.total,
        gained: gained.map { $0[row.holder] ?? 0 }, count: nil)
    }
  }

  private static func tags(_ model: MemoryModel, _ growth: Growth?) -> [Row] {
    let gained = growth.map { growth in
      Dictionary(
        growth.allocationSites.elements.map { ($0.name, $0.bytes.growthIfAbsentIsZero) }
      ) { first, _ in first }
    }
    return (model.sites.value?.rows ?? []).filter { $0.bytes > 0 && $0.tag.role == .owner }
      .map { held in
        Row(
          id: .series(.allocationSite(held.tag)), side: held.tag.side, held: held.bytes,
          gained: gained.map { $0[held.tag] ?? 0 }, count: held.count)
      }
  }

  private static func callers(_ model: MemoryModel, _ growth: Growth?) -> [Row] {
    let gained = growth.map { growth in
      Dictionary(
        growth.vmallocCallers.elements.map { ($0.name, $0.bytes.growthIfAbsentIsZero) }
      ) { first, _ in first }
    }
    return (model.callers.value ?? [:]).map { caller, held in
      Row(
        id: .series(.vmallocCaller(caller)), side: caller.side, held: held.bytes,
        gained: gained.map { $0[caller] ?? 0 }, count: held.count)
    }
  }
}

extension KernelTop.Holder {
  /// What tells the holder from others in its table.
  package var key: String {
    switch self {
    case .series(let id): id.key
    case .holder(let holder): holder.module ?? holder.directory ?? ""
    }
  }
}

extension [KernelTop.Row] {
  /// The rows in that order; rows that are equal in it are sorted by name.
  fileprivate func sorted(by order: KernelTop.Order) -> [KernelTop.Row] {
    sorted { first, second in
      let keys: (Int64, Int64)
      switch order {
      case .held: keys = (first.held, second.held)
      case .growth: keys = (first.gained ?? 0, second.gained ?? 0)
      case .count: keys = (first.count ?? 0, second.count ?? 0)
      case .name: keys = (0, 0)
      }
      return keys.0 == keys.1 ? first.id.key < second.id.key : keys.0 > keys.1
    }
  }
}
