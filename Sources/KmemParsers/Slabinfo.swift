/// The slab caches listed in `/proc/slabinfo`, version 2.1 of the format.
///
/// Written since 2.6.10 by `mm/slab.c` and `mm/slub.c`, later by `mm/slab_common.c`. Readable by root
/// only (by everyone up to 2.6.39). `memory.kmem.slabinfo` of cgroups has the same rows.
package struct Slabinfo: Hashable, Sendable {
  /// A number that only SLAB kernels with `CONFIG_DEBUG_SLAB` print, by its name in the header.
  package struct Statistic: Hashable, Sendable {
    /// The statistic's name in the header.
    package let name: String
    /// The number as printed.
    package let value: UInt64
  }

  /// One row of the file.
  package struct Cache: Hashable, Sendable {
    /// The name as the creator chose it: it may hold spaces and colons, and need not be unique.
    package let name: String
    /// Objects in use; in SLUB all objects of slabs that a CPU holds count, and it is an estimate.
    package let activeObjects: UInt64
    /// All objects, in use or free.
    package let objects: UInt64
    /// The size of an object in bytes, with what debugging adds to it.
    package let objectSize: UInt64
    /// The objects of a slab made now.
    package let objectsPerSlab: UInt64
    /// The pages of a slab made now; those made before may be smaller.
    package let pagesPerSlab: UInt64
    /// The most objects a CPU keeps for itself; always 0 in SLUB, as the next two are.
    package let limit: UInt64
    /// How many objects a CPU takes or gives back at once.
    package let batchCount: UInt64
    /// How many times `limit` the CPUs of a node may share.
    package let sharedFactor: UInt64
    /// Slabs with at least one object in use.
    package let activeSlabs: UInt64
    /// All slabs.
    package let slabs: UInt64
    /// Objects that the CPUs of a node share at the moment.
    package let sharedAvailable: UInt64
    /// What the section `globalstat` holds.
    package let globalStatistics: [Statistic]
    /// What the section `cpustat` holds.
    package let processorStatistics: [Statistic]
    /// What a tool prints in place of pages a slab; nothing in slabinfo itself.
    package var printed: Printed?
  }

  /// Sizes of a cache as a tool prints them, which doesn't tell how many pages a slab has.
  package struct Printed: Hashable, Sendable {
    /// The memory of the cache's slabs.
    package let size: PrintedAmount
    /// The size of an object.
    package let objectSize: PrintedAmount
  }

  /// What is known of the caches that aren't listed.
  package struct Excerpt: Hashable, Sendable {
    /// How many caches there are, the listed ones included; nothing where that isn't known.
    package let cacheCount: UInt64?
    /// What all caches hold in bytes; nothing where that isn't known.
    package let total: Int64?
    /// What an unlisted cache holds at most, in bytes; nothing where that isn't known.
    package let unlisted: Int64?
  }

  /// Whether the line that names the columns is there.
  package internal(set) var hasHeader = false
  /// Whether somebody left out rows, and put an ellipsis in their place.
  package internal(set) var hasGap = false
  /// Whether the rows have the sections `globalstat` and `cpustat`.
  package internal(set) var hasStatistics = false
  /// The rows in the file's order; several may have the same name.
  package internal(set) var caches: [Cache] = []
  /// The lines that were passed over, with the reason.
  package internal(set) var remarks: [Remark] = []
  /// What is known of the caches that a tool didn't list; nothing in slabinfo itself.
  package internal(set) var excerpt: Excerpt?

  /// Parses the contents of the file; the header alone is valid, as for a cgroup without caches.
  ///
  /// - Throws: `ParseError` if the text is of another version, or no line of it is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  init() {}
}

extension Slabinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/slabinfo", example: "slabinfo - version: 2.1", nameWord: "slabinfo",
    marks: [
      TextMark(.unmistakable, within: "slabinfo - version"),
      TextMark(.unmistakable, within: " : slabdata "),
    ], secrets: .slabNames, cost: .locks, limit: 16 << 20)
}

extension Slabinfo.Cache {
  /// The memory of the cache's slabs; nothing if it exceeds what a 64-bit number can hold.
  package func bytes(pageSize: Int) -> Int64? {
    if let printed { return printed.size.bytes }
    let (pages, overflow) = slabs.multipliedReportingOverflow(by: pagesPerSlab)
    guard !overflow, let pages = Int64(exactly: pages) else { return nil }
    let (bytes, excess) = pages.multipliedReportingOverflow(by: Int64(pageSize))
    return excess ? nil : bytes
  }
}
