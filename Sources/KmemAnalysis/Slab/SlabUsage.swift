package import KmemParsers
package import KmemSnapshot

/// The slab caches of a snapshot by size, those of one name summed.
package struct SlabUsage: Hashable, Sendable {
  /// A cache: one row of slabinfo, or the rows that share a name.
  package struct Cache: Hashable, Sendable {
    /// The cache's name in slabinfo.
    package let name: String
    /// How many rows of slabinfo carry the name; drivers make one cache a device.
    package let rows: Int
    /// Memory held: slabs × pages a slab × page size.
    package let bytes: Int64
    /// Slabs, each of one or more whole pages.
    package let slabs: Int64
    /// Objects that the slabs have room for, the free ones included.
    package let objects: Int64
    /// Objects in use.
    ///
    /// SLUB counts those on per-CPU slabs as used even when they are free.
    package let activeObjects: Int64
    /// Bytes of one object with its metadata; of the largest where rows differ.
    package let objectSize: Int64
    /// The most by which `objectSize` may be wrong, in bytes, where a tool rounded it.
    package let objectSizeError: Int64
    /// The most by which `bytes` may be wrong, where a tool rounded it.
    package let error: Int64
    /// The other names that share this cache (slab merging); empty where it's alone or unknown.
    package let aliases: [String]
    /// Whether the kernel can give it back under pressure; nothing where that can't be told.
    package let isReclaimable: Bool?
    /// What the cache's objects are, where its name says so.
    package let meaning: CacheMeaning?
    /// Whose its memory is.
    package let side: MemorySide
  }

  /// All caches, the largest first.
  package let caches: [Cache]
  /// The sum over all caches in bytes, those that aren't listed included where that is known.
  package let bytes: Int64
  /// What is known of caches that aren't listed; nothing where slabinfo itself was read.
  package let excerpt: Slabinfo.Excerpt?
  /// Rows left out because their numbers overflow, by name.
  package let impossible: [String]

  /// The caches of a snapshot; nothing where slabinfo wasn't read.
  package init?(_ snapshot: Snapshot) {
    guard let slabinfo = snapshot.slabinfo.value else { return nil }
    self.init(
      slabinfo, aliases: snapshot.slabAliases.value, reclaimAccounts: snapshot.reclaimAccounts,
      pageSize: snapshot.host.pageSize.bytes)
  }

  /// Sums the rows of slabinfo; `reclaimAccounts` is what sysfs says of caches by their names and ids.
  package init(
    _ slabinfo: Slabinfo, aliases: SlabAliases?, reclaimAccounts: [String: Bool] = [:],
    pageSize: Int
  ) {
    var sums: [String: RowSum] = [:]
    var impossible: [String] = []
    for row in slabinfo.caches {
      guard let sum = RowSum(row, pageSize: pageSize),
        let joined = sums[row.name, default: .none] + sum
      else {
        impossible.append(row.name)
        continue
      }
      sums[row.name] = joined
    }
    caches = sums.map {
      Cache(name: $0.key, sum: $0.value, aliases: aliases, accounts: reclaimAccounts)
    }
    .sorted { ($0.bytes, $1.name) > ($1.bytes, $0.name) }
    excerpt = slabinfo.excerpt
    bytes = max(caches.reduce(0) { $0.plus($1.bytes) }, slabinfo.excerpt?.total ?? 0)
    self.impossible = impossible
  }
}

/// The numbers of rows that share a name.
private struct RowSum {
  var rows = 0
  var bytes: Int64 = 0
  var slabs: Int64 = 0
  var objects: Int64 = 0
  var activeObjects: Int64 = 0
  var objectSize: Int64 = 0
  var objectSizeError: Int64 = 0
  var error: Int64 = 0

  static let none = RowSum()

  private init() {}

  /// The numbers of one row, if they are ones that a machine can have.
  init?(_ row: Slabinfo.Cache, pageSize: Int) {
    guard let bytes = row.bytes(pageSize: pageSize), let slabs = Int64(exactly: row.slabs),
      let objects = Int64(exactly: row.objects), let size = Int64(exactly: row.objectSize)
    else { return nil }
    rows = 1
    self.bytes = bytes
    self.slabs = slabs
    self.objects = objects
    // Kernels up to 6.6 read two counters in a race: more free objects than there are is possible.
    activeObjects = min(objects, Int64(exactly: row.activeObjects) ?? objects)
    objectSize = size
    objectSizeError = row.printed?.objectSize.error ?? 0
    error = row.printed?.size.error ?? 0
  }

  static func + (first: RowSum, second: RowSum) -> RowSum? {
    var sum = first
    let bytes = first.bytes.addingReportingOverflow(second.bytes)
    let objects = first.objects.addingReportingOverflow(second.objects)
    let slabs = first.slabs.addingReportingOverflow(second.slabs)
    guard !bytes.overflow, !objects.overflow, !slabs.overflow else { return nil }
    sum.rows += second.rows
    sum.bytes = bytes.partialValue
    sum.objects = objects.partialValue
    sum.slabs = slabs.partialValue
    sum.activeObjects += second.activeObjects
    sum.objectSizeError = max(first.objectSizeError, second.objectSizeError)
    sum.error = first.error.plus(second.error)
    sum.objectSize = max(first.objectSize, second.objectSize)
    return sum
  }
}

extension SlabUsage.Cache {
  fileprivate init(
    name: String, sum: RowSum, aliases: SlabAliases?, accounts: [String: Bool]
  ) {
    self.name = name
    rows = sum.rows
    bytes = sum.bytes
    slabs = sum.slabs
    objects = sum.objects
    activeObjects = sum.activeObjects
    // Names of kmalloc's caches tell what a tool rounds.
    let named = sum.objectSizeError > 0 ? GenericCache.size(name) : nil
    objectSize = named ?? sum.objectSize
    objectSizeError = named == nil ? sum.objectSizeError : 0
    error = sum.error
    self.aliases = aliases?.aliases(of: name) ?? []
    meaning = CacheMeaning(name: name)
    isReclaimable =
      accounts[name] ?? aliases?.id(of: name).flatMap { accounts[$0] }
      ?? aliases?.isReclaimAccounted(name) ?? meaning?.isReclaimable
    side = MemorySide(meaning, isReclaimable: isReclaimable)
  }
}

extension SlabAliases {
  /// Whether a merged cache was made with SLAB_RECLAIM_ACCOUNT: sysfs shows that as an `a` in front
  /// of the size in its id.
  ///
  /// A cache that isn't merged has no id.
  func isReclaimAccounted(_ name: String) -> Bool? {
    guard let id = id(of: name), id.hasPrefix(":") else { return nil }
    return id.dropFirst().prefix { $0 != "-" && !$0.isNumber }.contains("a")
  }
}
