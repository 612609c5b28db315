import KmemParsers
import KmemSnapshot

extension Ledger {
  /// The LRU lists are booked whole, since each of their pages is on one list only.
  ///
  /// Anonymous, cache and shmem are parts of them that the kernel counts at other moments: the rest
  /// can be negative.
  mutating func enterUser() {
    let anonymous = bytes(.anonPages)
    let shmem = bytes(.shmem)
    // Buffers alone are the least of it, as in a few lines that somebody picked out.
    let isWhole = bytes(.cached) != nil
    let files = isWhole ? sum(bytes(.cached), bytes(.buffers)) : filePages
    enter(.anonymous, anonymous, from: .meminfo([.anonPages]))
    enter(.shmem, shmem, from: .meminfo([.shmem]))
    enter(
      .pageCache, shmem == nil ? files : difference(files, shmem),
      from: pageCacheOrigin(
        isWhole: isWhole || bytes(.filePages) == nil, hasShmem: shmem != nil))
    let cache: [Books.Part] = isWhole ? [.line(.cached), .line(.buffers)] : [.filePages]
    enterRestOfLists(anonymous: anonymous, files: files, [.line(.anonPages)] + cache)
    enterHugePages()
  }

  private func pageCacheOrigin(isWhole: Bool, hasShmem: Bool) -> Books.Origin {
    .meminfo(
      isWhole ? [.cached, .buffers] : [.filePages],
      less: (isWhole ? [] : [.line(.swapCached)]) + (hasShmem ? [.line(.shmem)] : []),
      including: hasShmem ? nil : .shmem)
  }

  /// What the files of the nodes print in place of Cached and Buffers; SwapCached since 5.11.
  private var filePages: Int64? { difference(bytes(.filePages), bytes(.swapCached) ?? 0) }

  /// What the LRU lists hold beyond the other classes, if all that it is made of is printed.
  ///
  /// Before 2.6.18 AnonPages isn't: there the rest of the lists is mostly anonymous.
  private mutating func enterRestOfLists(
    anonymous: Int64?, files: Int64?, _ parts: [Books.Part]
  ) {
    let lists = LRULists(meminfo)
    var missing = lists.missing
    if anonymous == nil, !lists.isOld { missing.append(.anonPages) }
    if files == nil { missing.append(.cached) }
    guard missing.isEmpty else {
      return enter(
        .lruInTransit, missing: snapshot.isMeminfoOfTool ? .notInText : .lines(missing),
        from: .meminfo([.active, .inactive, .unevictable], less: parts))
    }
    enter(
      .lruInTransit, difference(lists.bytes, sum(anonymous, files)),
      from: .meminfo(lists.lines, less: parts))
  }

  /// `Hugetlb` counts huge pages of all sizes (since 4.19), and so do the pools in sysfs; by meminfo
  /// alone only those of the default size can be known before.
  private mutating func enterHugePages() {
    if let all = bytes(.hugetlb) {
      return enter(.hugePages, all, from: .meminfo([.hugetlb]))
    }
    if !snapshot.hugePagePools.isEmpty, container == nil {
      let all = snapshot.hugePagePools.reduce(Int64(0)) { $0.plus($1.bytes) }
      return enter(.hugePages, all, from: .hugePagePools)
    }
    guard let count = meminfo[.hugePagesTotal]?.value, let size = bytes(.hugepageSize),
      let pages = Int64(exactly: count)
    else { return }
    let (all, overflow) = pages.multipliedReportingOverflow(by: size)
    enter(
      .hugePages, overflow ? nil : all, from: .defaultHugePages)
  }
}
