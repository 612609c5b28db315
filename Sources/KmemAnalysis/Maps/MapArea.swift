/// One mapping of a process, or several that are summed; amounts are in bytes.
package struct MapArea: Hashable, Sendable {
  /// The first address and the one after the last; of several those of the first one.
  package let start: UInt64
  package let end: UInt64
  package let permissions: String
  package let kind: MapKind
  /// The path or the kernel's name in brackets; empty for plain memory.
  package let path: String
  /// The file that it belongs to: the path, or for zeroed variables that of the data before them.
  package let owner: String
  /// How many mappings these are.
  package internal(set) var count = 1
  /// Address space.
  package internal(set) var vss: Int64
  package internal(set) var rss: Int64
  package internal(set) var pss: Int64
  /// What only this process maps.
  package internal(set) var uss: Int64
  package internal(set) var swap: Int64
  /// Bytes gained since the first look, of address space and of what is in memory or swapped out.
  package internal(set) var gainedVss: Int64?
  package internal(set) var gained: Int64?

  /// What a mapping is a part of.
  package enum Place: Hashable, Sendable {
    /// A file, or what the kernel names in brackets.
    case file(String)
    /// Memory that belongs to no file.
    case plain(MapKind)
  }

  package var place: Place { owner.isEmpty ? .plain(kind) : .file(owner) }

  /// What grows when memory leaks: in memory or swapped out.
  package var held: Int64 { rss.plus(swap) }
}
