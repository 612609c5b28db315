import KmemSnapshot

extension MemoryModel {
  /// The likeliest owners of each cache, by the cache's name: who allocated its objects, where the
  /// kernel noted it, else who made the cache.
  ///
  /// Caches of which nothing tells an owner are left out.
  var cacheOwners: [String: [Candidate]] {
    let names = InferredOwners(snapshot)
    var owners: [String: [Candidate]] = [:]
    for cache in slab?.caches ?? [] where cache.side != .debugging {
      let traced = snapshot.allocTraces[cache.name].map {
        TracedOwners.candidates(from: nil, to: $0, size: cache.objectSize)
      }
      let found = traced ?? names.candidates(for: cache.name, aliases: cache.aliases)
      if !found.isEmpty { owners[cache.name] = found }
    }
    return owners
  }
}
