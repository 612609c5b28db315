import KmemAnalysis
import KmemControl

/// Has the kernel give back what a check wants given back before memory is sampled.
final class CacheDropPlan {
  private let dropsCaches: Bool
  let shrinksSlabs: Bool
  /// What was given back and what was refused so far.
  private(set) var drops: CacheDrops

  init(dropsCaches: Bool, shrinksSlabs: Bool) {
    self.dropsCaches = dropsCaches
    self.shrinksSlabs = shrinksSlabs
    drops = CacheDrops(
      wanted: (dropsCaches ? [.caches] : []) + (shrinksSlabs ? [.emptySlabs] : []))
  }

  /// Does it once.
  func release() {
    if dropsCaches, let error = CacheRelease.dropCaches() {
      drops.refusals.insert(CacheDrops.Refusal(kind: .caches, error: "\(error)"))
    }
    if shrinksSlabs, let error = CacheRelease.shrinkSlabs() {
      drops.refusals.insert(CacheDrops.Refusal(kind: .emptySlabs, error: "\(error)"))
    }
  }
}
