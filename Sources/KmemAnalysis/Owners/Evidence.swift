/// What an owner is known by.
package struct Evidence: Hashable, Sendable {
  /// What the source says, with its numbers.
  package let fact: Fact
  /// The stack, innermost first, where the evidence has one.
  package let stack: [String]

  init(_ fact: Fact, stack: [String] = []) {
    self.fact = fact
    self.stack = stack
  }

  /// What a source says.
  package enum Fact: Hashable, Sendable {
    /// Allocations more at a line, of so many bytes each (or about so many); `growers` caches or
    /// classes that grew have that size.
    case allocations(Int64, each: Int64, isAbout: Bool, growers: Int)
    /// Objects more by an allocation stack, or held by it since an unknown time.
    case objects(Int64, isGrowth: Bool)
    /// Pages more by an allocation stack.
    case pages(Int64)
    /// Areas of vmalloc more by a caller.
    case areas(Int64, of: VmallocCaller)
    /// Objects of the cache's size that kmemleak found unreferenced; bytes of one.
    case unreferenced(objects: Int64, size: Int64)
    /// The cache's constructor lies in the module.
    case constructor(String?, module: String)
    case nameInModule(cache: String, module: String)
    case aliasInModule(alias: String, module: String)
  }

  /// The sources there are; the raw values stand in JSON.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A line of `/proc/allocinfo`, matched with the cache by the size of its objects.
    case allocinfo
    /// A stack of `/sys/kernel/debug/slab/<cache>/alloc_traces`.
    case allocTraces = "alloc_traces"
    /// A stack of `/sys/kernel/debug/page_owner_stacks`.
    case pageOwner = "page_owner"
    /// A caller of `/proc/vmallocinfo`.
    case vmallocinfo
    /// Unreferenced objects of the cache's object size, by kmemleak.
    case kmemleak
    /// The module of the cache's constructor.
    case constructor
    /// The cache's name, found in the file of one loaded module.
    case nameInModule = "name in module file"
    /// The same for another name of a merged cache.
    case aliasInModule = "alias in module file"
  }

  /// The source that says it.
  package var kind: Kind {
    switch fact {
    case .allocations: .allocinfo
    case .objects: .allocTraces
    case .pages: .pageOwner
    case .areas: .vmallocinfo
    case .unreferenced: .kmemleak
    case .constructor: .constructor
    case .nameInModule: .nameInModule
    case .aliasInModule: .aliasInModule
    }
  }
}
