/// One mapping of a process, or several that are summed; amounts are in bytes.
package struct MapArea: Hashable, Sendable {
  /// The first address; of several mappings that of the first one.
  package let start: UInt64
  /// The address behind the last one; of several mappings that of the first one.
  package let end: UInt64
  /// Four letters as `/proc/PID/maps` prints them: `rw-p`.
  package let permissions: String
  /// What the mapping is for.
  package let kind: MapKind
  /// The path or the kernel's name in brackets; empty for plain memory.
  package let path: String
  /// The file that the mapping belongs to: the path, or for zeroed variables the path of the data
  /// before them.
  package let owner: String
  /// How many mappings these are.
  package internal(set) var count = 1
  /// Bytes of address space.
  package internal(set) var vss: Int64
  /// Bytes in memory.
  package internal(set) var rss: Int64
  /// Bytes in memory, where each page counts by the share of this process.
  package internal(set) var pss: Int64
  /// Bytes in memory that only this process maps.
  package internal(set) var uss: Int64
  /// Bytes that were swapped out.
  package internal(set) var swap: Int64
  /// Bytes of address space gained since the first sample; nil where there was one only.
  package internal(set) var gainedVss: Int64?
  /// Bytes gained since the first sample, in memory or swapped out; nil where there was one only.
  package internal(set) var gained: Int64?

  /// What a mapping is a part of.
  package enum Place: Hashable, Sendable {
    /// A file, or what the kernel names in brackets.
    case file(String)
    /// Memory that belongs to no file.
    case plain(MapKind)
  }

  /// The file or the kind by which mappings are summed.
  package var place: Place { owner.isEmpty ? .plain(kind) : .file(owner) }

  /// Bytes in memory or swapped out, which grow when memory leaks.
  package var held: Int64 { rss.plus(swap) }
}
