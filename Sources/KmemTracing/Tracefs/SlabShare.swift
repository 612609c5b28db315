/// Which bits of an address make a sample, and which share of a slab's objects such a sample has.
///
/// Bits below an object's size are always zero. Bits far above it take many neighbours together, and a
/// slow leak would come in bursts: so small objects are sampled by lower bits.
package enum SlabShare {
  /// Objects of up to so many bytes, and the lowest bit by which they are sampled.
  package typealias Group = (most: Int64, bit: UInt64)

  /// Two objects of 64 bytes are sampled together.
  package static let small: Group = (128, 7)
  /// Eight objects of 128 bytes are sampled together.
  package static let medium: Group = (1024, 10)
  /// All larger ones.
  package static let large: Group = (.max, 12)

  /// The lowest bit by which objects of a size in bytes are sampled.
  package static func lowestBit(ofSize size: Int64) -> UInt64 {
    [small, medium].first { size <= $0.most }?.bit ?? large.bit
  }

  /// By what counts of a cache are to be multiplied, beside the sampling; 1 where nothing is known.
  ///
  /// A slab has more objects that begin in its first part than in the others: 5 of 16 objects of 1,500 bytes
  /// may begin in the first of four pages, not 4. `slab` is its length in bytes.
  package static func factor(
    objectSize: Int64, objectsPerSlab: Int64, slab: Int64, sampling: Int64
  ) -> Double {
    let bit = Int64(lowestBit(ofSize: objectSize))
    let within = min(sampling, slab >> bit)
    guard within > 1, (1...(1 << 30)).contains(objectSize), (1...(1 << 16)).contains(objectsPerSlab)
    else { return 1 }
    let chosen = (0..<objectsPerSlab).count { (($0 * objectSize) >> bit) % within == 0 }
    guard chosen > 0 else { return 1 }
    return Double(objectsPerSlab) / Double(within) / Double(chosen)
  }

  /// The same of memory that is handed out at multiples of its length, a power of two.
  package static func factor(ofWhole length: Int64, sampling: Int64) -> Double {
    max(1 / Double(max(1, sampling)), Double(1 << large.bit) / Double(max(1 << large.bit, length)))
  }
}
