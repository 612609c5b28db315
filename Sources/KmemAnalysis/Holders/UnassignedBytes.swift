/// What the books have that no line was yet found for: tells objects of a page from whole pages.
struct UnassignedBytes {
  private var bySize: [Int64: Int64]
  /// What slab holds beyond all caches: kmalloc of whole pages.
  private var large: Int64
  private var pages: Int64
  private var percpu: Int64

  init(_ slab: SlabUsage?, _ books: [KernelHolders.Column: Int64]) {
    let caches = slab?.caches ?? []
    bySize = Dictionary(caches.map { ($0.objectSize, $0.bytes) }) { $0.plus($1) }
    large = (books[.slab] ?? 0).minus(caches.sum(\.bytes))
    pages = books[.pages] ?? 0
    percpu = books[.percpu] ?? 0
  }

  mutating func column(
    _ bytes: Int64, _ sum: AllocationSums.Row, _ pageSize: Int64
  ) -> KernelHolders.Column {
    guard sum.count > 0 else { return .slab }
    let (size, rest) = sum.bytes.quotientAndRemainder(dividingBy: sum.count)
    guard rest == 0 else { return .slab }
    if let room = bySize[size], room >= bytes {
      bySize[size] = room.minus(bytes)
      return .slab
    }
    guard size % pageSize == 0 else { return bySize[size] == nil ? .percpu : .slab }
    if large >= bytes {
      large = large.minus(bytes)
      return .slab
    }
    if pages < bytes / 2, percpu >= bytes / 4 {
      percpu = percpu.minus(bytes / 4)
      return .percpu
    }
    pages = pages.minus(bytes)
    return .pages
  }
}
