/// The vectors that accounting and allocation profiling keep beside slabs (`alloc_slab_obj_exts`, mm/slub.c).
enum ObjectVectors {
  /// Whether a kmalloc cache that grows at that rate may hold the vectors of slabs that grow at the other.
  ///
  /// A vector has up to 16 bytes an object and lies in a cache of the next size, which no line of source
  /// accounts for. A slab has a page or more, so that many small objects have no vector of more than a quarter
  /// of it; a sixth more is for the uncertainty of both rates. Objects that are charged to control groups have
  /// caches of their own.
  static func mayFill(_ cache: String, at rate: Double, beside slabs: Double) -> Bool {
    guard rate > 0, cache.hasPrefix("kmalloc-"), !cache.hasPrefix("kmalloc-cg-"),
      let size = GenericCache.objectSize(cache)
    else { return false }
    return rate <= slabs * min(Double(size) / 4096, 0.25) * 7 / 6
  }
}
