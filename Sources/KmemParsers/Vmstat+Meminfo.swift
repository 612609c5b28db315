extension Vmstat {
  /// The lines of meminfo that counters of pages tell, where `/proc/meminfo` itself isn't there; nothing
  /// without free memory.
  ///
  /// A page has so many KiB. MemTotal isn't among the counters; kernel stacks are left out, which up to
  /// 4.7 are counted and not measured.
  package func meminfo(pageKilobytes: UInt64) -> Meminfo? {
    guard let free = self["nr_free_pages"] else { return nil }
    var lines = MeminfoLines(kilobytes: pageKilobytes)
    lines.pages(.memFree, free)
    lines.pages(.filePages, self["nr_file_pages"])
    for (key, name) in Self.pages { lines.pages(key, self[name]) }
    if let reclaimable = self["nr_slab_reclaimable"], let fixed = self["nr_slab_unreclaimable"] {
      lines.pages(.slab, reclaimable.addingReportingOverflow(fixed).partialValue)
    }
    lines.pages(.active, sum("nr_active_anon", "nr_active_file"))
    lines.pages(.inactive, sum("nr_inactive_anon", "nr_inactive_file"))
    return Meminfo(entries: lines.entries, remarks: [])
  }

  /// The counters that are lines of meminfo (`mm/vmstat.c`, `fs/proc/meminfo.c`).
  private static let pages: [(Meminfo.Key, String)] = [
    (.anonPages, "nr_anon_pages"), (.shmem, "nr_shmem"), (.swapCached, "nr_swapcached"),
    (.sReclaimable, "nr_slab_reclaimable"), (.sUnreclaim, "nr_slab_unreclaimable"),
    (.pageTables, "nr_page_table_pages"), (.secPageTables, "nr_sec_page_table_pages"),
    (.activeAnon, "nr_active_anon"), (.inactiveAnon, "nr_inactive_anon"),
    (.activeFile, "nr_active_file"), (.inactiveFile, "nr_inactive_file"),
    (.unevictable, "nr_unevictable"), (.mlocked, "nr_mlock"), (.bounce, "nr_bounce"),
  ]

  private func sum(_ first: String, _ second: String) -> UInt64? {
    guard let one = self[first], let other = self[second] else { return nil }
    return one.addingReportingOverflow(other).partialValue
  }
}
