import KmemControl

/// What the kernel is asked to give back before memory is looked at.
final class CacheReleases {
  let dropsCaches: Bool
  let shrinksSlabs: Bool
  private var refusals: Set<String> = []

  init(dropsCaches: Bool, shrinksSlabs: Bool) {
    self.dropsCaches = dropsCaches
    self.shrinksSlabs = shrinksSlabs
  }

  func release() {
    if dropsCaches, let error = CacheRelease.dropCaches() {
      refusals.insert("dropping caches was refused: \(error)")
    }
    if shrinksSlabs, let error = CacheRelease.shrinkSlabs() {
      refusals.insert("shrinking slab caches was refused: \(error)")
    }
  }

  /// What was done, and what was refused, as sentences.
  var sentences: [String] {
    guard dropsCaches || shrinksSlabs else { return [] }
    let done = [
      dropsCaches ? "caches were dropped" : nil, shrinksSlabs ? "slab caches shrunk" : nil,
    ].compactMap(\.self)
    return ["before each sample \(done.joined(separator: " and "))"] + refusals.sorted()
  }
}
