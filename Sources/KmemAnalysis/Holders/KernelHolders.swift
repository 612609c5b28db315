import KmemSnapshot
import KmemParsers

/// Kernel memory of one moment by who holds it, no byte counted twice.
///
/// Pages behind slab objects, chunks behind per-CPU objects and what debugging holds are left out:
/// the objects' own lines count them, and debugging grows with what it watches.
package struct KernelHolders: Sendable {
  /// How memory is held.
  package enum Column: String, CaseIterable, Hashable, Sendable {
    case slab, vmalloc, pages, percpu
    /// The text and data of a module itself.
    case own
  }

  /// Whom a part belongs to.
  package struct Holder: Hashable, Comparable, Sendable {
    /// The module; nothing for the kernel itself.
    package let module: String?
    /// The directory of the source, where a line of source is known.
    package let directory: String?

    package static func < (first: Self, second: Self) -> Bool {
      (first.module ?? first.directory ?? "") < (second.module ?? second.directory ?? "")
    }
  }

  /// What a holder holds in one way.
  struct Key: Hashable {
    let holder: Holder
    let column: Column
  }

  private(set) var amounts: [Key: Int64] = [:]
  /// Holders of whom a part is inferred from names, not counted by the kernel.
  private(set) var inferred: Set<Holder> = []
  /// What the books have in each way; what is not in `amounts` has no holder.
  private(set) var books: [Column: Int64] = [:]

  private let model: MemoryModel
  private var snapshot: Snapshot { model.snapshot }

  /// What the kernel memory of that moment is held by.
  package init(_ model: MemoryModel) {
    self.model = model
    addBooks()
    let held: [AllocationSums.Row] = model.sites.value?.rows.filter { $0.bytes > 0 } ?? []
    let owned = held.filter { $0.tag.role == .owner }
    addModules()
    let mapped = addCallers(owned.lazy.map(\.tag))
    // Profiling may be there and off: then no line holds anything.
    if !held.isEmpty {
      addTags(owned, mapped: mapped)
    } else {
      addCaches()
      addPages()
    }
  }

  mutating func add(_ bytes: Int64, _ holder: Holder, _ column: Column, isInferred: Bool = false) {
    guard bytes > 0 else { return }
    amounts[Key(holder: holder, column: column), default: 0].add(bytes)
    if isInferred { inferred.insert(holder) }
  }

  private mutating func addBooks() {
    guard let books = model.books else { return }
    func sum(_ classes: MemoryClass...) -> Int64 { classes.sum { books[$0]?.bytes ?? 0 } }
    self.books = [
      .slab: sum(.slabReclaimable, .slabUnreclaimable), .vmalloc: sum(.vmalloc),
      .pages: sum(
        .unaccounted, .pageTables, .kernelMiscReclaimable, .secPageTables, .gpuActive, .gpuReclaim,
        .quicklists, .bounce),
      .percpu: sum(.percpu),
    ]
  }

  /// Modules themselves lie in vmalloc memory, of which the loader's areas are left out for it.
  private mutating func addModules() {
    for module in snapshot.modules.value?.modules ?? [] {
      let size = Int64(clamping: module.size)
      add(size, Holder(module: module.name, directory: nil), .own)
    }
  }
}

extension KernelHolders {
  /// Adds the callers of vmalloc; returns what each function got, which its lines count too.
  private mutating func addCallers(_ tags: some Sequence<AllocationSite>) -> [Owner: Int64] {
    let callers = (model.callers.value ?? [:]).filter { !$0.key.isStack && !$0.key.isModuleLoader }
      .map { (caller: $0.key, owner: Owner($0.key), bytes: $0.value.bytes) }
    let directories = Self.directories(of: Set(callers.compactMap(\.owner.function)), in: tags)
    var mapped: [Owner: Int64] = [:]
    for (caller, owner, bytes) in callers {
      let known = caller.isPercpu ? "mm" : owner.function.flatMap { directories[$0] ?? nil }
      let directory = owner.module == nil ? known : nil
      add(bytes, Holder(module: owner.module, directory: directory), .vmalloc)
      mapped[owner] = (mapped[owner] ?? 0).plus(bytes)
    }
    return mapped
  }

  /// The directory that the lines of each function are in; nothing where they are in several.
  private static func directories(
    of functions: Set<String>, in tags: some Sequence<AllocationSite>
  ) -> [String: String?] {
    let known = tags.filter { $0.module == nil && functions.contains($0.function) }
    return Dictionary(known.map { ($0.function, Owner($0).directory) }) { first, other in
      first == other ? first : nil
    }
  }

  /// Adds what lines of source hold, less what vmalloc already counted for their function.
  private mutating func addTags(
    _ sums: [AllocationSums.Row], mapped: [Owner: Int64]
  ) {
    var mapped = mapped
    var room = UnassignedBytes(model.slab, books)
    // In the file's order, as what room is left for a line depends on those before it.
    for sum in sums {
      let owner = Owner(sum.tag)
      let bytes = sum.bytes.minus(Self.take(sum.bytes, of: owner, from: &mapped))
      // A module's directory isn't kept apart: a module is one holder.
      let holder = Holder(
        module: owner.module, directory: owner.module == nil ? owner.directory : nil)
      let column = room.column(bytes, sum, model.pageSize)
      let held = PercpuCount.held(
        of: bytes, percpu: books[.percpu] ?? 0, processors: snapshot.processors ?? 1)
      add(column == .percpu ? held : bytes, holder, column)
    }
  }

  /// Takes as many bytes as vmalloc counted for the owner's function; says how many.
  private static func take(_ bytes: Int64, of owner: Owner, from mapped: inout [Owner: Int64])
    -> Int64
  {
    let function = Owner(module: owner.module, function: owner.function)
    guard !mapped.isEmpty, let counted = mapped[function] else { return 0 }
    mapped[function] = max(0, counted.minus(bytes))
    return min(counted, bytes)
  }

  /// Adds the caches by who allocated their objects, else by who made them.
  private mutating func addCaches() {
    let names = InferredOwners(snapshot)
    for cache in model.slab?.caches ?? [] where cache.side != .debugging {
      if let traces = snapshot.allocTraces[cache.name] {
        addTraces(traces, size: cache.objectSize)
      } else if let maker = names.candidates(for: cache.name, aliases: cache.aliases).first,
        maker.confidence == .likely
      {
        add(
          cache.bytes, Holder(module: maker.owner.module, directory: nil), .slab, isInferred: true)
      }
    }
  }

  private mutating func addTraces(_ traces: AllocTraces, size: Int64) {
    for candidate in TracedOwners.candidates(from: nil, to: traces, size: size) {
      let bytes = (candidate.count ?? 0).timesClamped(size)
      add(bytes, Holder(module: candidate.owner.module, directory: nil), .slab)
    }
  }

  /// Adds the pages that are in no class of their own.
  private mutating func addPages() {
    for stack in snapshot.pageOwner.value?.stacks ?? [] {
      let owner = AllocationStack(stack.frames)
      guard owner.use == .loose, let pages = stack.pages, !stack.frames.isEmpty else { continue }
      add(
        Int64(clamping: pages).timesClamped(model.pageSize),
        Holder(module: owner.owner?.module, directory: nil), .pages)
    }
  }
}
