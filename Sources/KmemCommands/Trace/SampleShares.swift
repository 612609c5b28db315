import KmemAnalysis
import KmemParsers
import KmemTracing

/// Sets right what a sample by bits of addresses shows of caches whose slabs have several pages.
struct SampleShares {
  private var factors: [String: Double] = [:]
  private var bySize: [Int64: Double] = [:]
  private var sampling: Int64?

  /// The factors of all caches; none where all addresses are followed, or a hash of them samples.
  init(_ caches: [SlabUsage.Cache], _ plan: TracePlan) {
    guard plan.engine == .tracefs, plan.target.sampling > 1 else { return }
    sampling = plan.target.sampling
    for cache in caches where cache.slabs > 0 {
      let factor = SlabShare.factor(
        objectSize: cache.objectSize, objectsPerSlab: cache.objects / cache.slabs,
        slab: cache.bytes / cache.slabs, sampling: plan.target.sampling)
      factors[cache.name] = factor
      if let size = GenericCache.size(cache.name) { bySize[size] = factor }
    }
  }

  /// The sums of one stack, set right.
  func corrected(_ sum: TraceRecord.Sum) -> TraceRecord.Sum {
    let factor: Double? =
      switch sum.kind {
      case .kmalloc:
        bySize[sum.size] ?? sampling.map { SlabShare.factor(ofWhole: sum.size, sampling: $0) }
      case .cache: sum.cache.flatMap { factors[$0] }
      case .pages, .percpu: nil
      }
    guard let factor, factor != 1 else { return sum }
    return sum.multiplied(by: factor)
  }
}
