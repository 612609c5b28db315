/// Which share of a slab's objects a sample by bits of their addresses has.
///
/// A slab of several pages has more objects that begin in its first page than in the others: 5 of 16
/// objects of 1,008 bytes, not 4. What a sample of pages shows is set right by that.
package enum SlabShare {
  /// The lowest bit of an address that is looked at, 12: objects of one page are sampled together.
  package static let lowestBit: UInt64 = 12

  /// By what counts of a cache are to be multiplied, beside the sampling; 1 where nothing is known.
  package static func factor(
    objectSize: Int64, objectsPerSlab: Int64, pagesPerSlab: Int64, sampling: Int64
  ) -> Double {
    let within = min(sampling, pagesPerSlab)
    guard within > 1, objectSize > 0, objectsPerSlab > 0, objectsPerSlab <= 1 << 16 else {
      return 1
    }
    let stride = slabStride(objectSize, objectsPerSlab, pagesPerSlab)
    let chosen = (0..<objectsPerSlab).count { object in
      ((object * stride) >> Int64(lowestBit)) % within == 0
    }
    guard chosen > 0 else { return 1 }
    return Double(objectsPerSlab) / Double(within) / Double(chosen)
  }

  /// The distance of two objects: their size, or more where they are aligned or carry marks. The smallest
  /// that fits is taken, as the slab's order is chosen to waste little.
  private static func slabStride(_ size: Int64, _ objects: Int64, _ pages: Int64) -> Int64 {
    let most = (pages << Int64(lowestBit)) / objects
    return min(max(size, 1), max(most, 1))
  }
}
