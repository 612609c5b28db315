extension Vmstat {
  /// The counters of the file that kmemcheck computes with, by the name that the kernel prints.
  package enum Key: String, CaseIterable, Sendable {
    /// Pages of zsmalloc, in which zram and zswap keep what they compress (4.8; CONFIG_ZSMALLOC).
    case zspages = "nr_zspages"
    /// Pages that a balloon driver took since boot (3.7; CONFIG_MEMORY_BALLOON).
    case balloonInflate = "balloon_inflate"
    /// Pages that a balloon driver gave back since boot (3.7; CONFIG_MEMORY_BALLOON).
    case balloonDeflate = "balloon_deflate"
    /// Pages of the memory map that were allocated after boot (6.11).
    case memmapPages = "nr_memmap_pages"
  }

  /// The value of a counter, if the kernel printed it.
  package subscript(key: Key) -> UInt64? { self[key.rawValue] }
}
