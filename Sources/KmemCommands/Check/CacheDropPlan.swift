import KmemAnalysis
import KmemControl

/// Makes the kernel give back what a check wants given back before each sample.
final class CacheDropPlan {
  private let dropsCaches: Bool
  let shrinksSlabs: Bool
  /// What the kernel was asked to give back, and what it refused so far.
  private(set) var drops: CacheDrops

  init(dropsCaches: Bool, shrinksSlabs: Bool) {
    self.dropsCaches = dropsCaches
    self.shrinksSlabs = shrinksSlabs
    drops = CacheDrops(
      wanted: (dropsCaches ? [.caches] : []) + (shrinksSlabs ? [.emptySlabs] : []))
  }

  /// Makes the kernel give back once.
  func release() {
    if dropsCaches, let error = CacheDrop.dropCaches() {
      drops.refusals.insert(CacheDrops.Refusal(kind: .caches, error: "\(error)"))
    }
    if shrinksSlabs, let error = CacheDrop.shrinkSlabs() {
      drops.refusals.insert(CacheDrops.Refusal(kind: .emptySlabs, error: "\(error)"))
    }
  }
}
