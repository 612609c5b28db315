extension Slabinfo {
  /// What slabtop tells of slabinfo.
  ///
  /// How many pages a slab has isn't printed: `printed` has what the cache holds instead.
  package init(_ slabtop: Slabtop) {
    self.init()
    caches = slabtop.caches.map { cache in
      Cache(
        name: cache.name, activeObjects: cache.activeObjects, objects: cache.objects,
        objectSize: UInt64(max(0, cache.objectSize.bytes)), objectsPerSlab: cache.objectsPerSlab,
        pagesPerSlab: 0, limit: 0, batchCount: 0, sharedFactor: 0, activeSlabs: cache.slabs,
        slabs: cache.slabs, sharedAvailable: 0, globalStatistics: [], processorStatistics: [],
        printed: Printed(size: cache.size, objectSize: cache.objectSize))
    }
    excerpt = Excerpt(
      cacheCount: slabtop.cacheCount, total: slabtop.total?.bytes, unlisted: slabtop.unlisted)
  }
}

extension Slabinfo {
  /// The caches of a table that somebody made, which may be some of all.
  package init(_ table: SlabTable) {
    self.init()
    caches = table.caches
  }
}
