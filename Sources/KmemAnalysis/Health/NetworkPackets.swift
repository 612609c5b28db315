/// Network packets that wait somewhere, or are lost: their heads and the buffers of as many.
package struct NetworkPackets: Hashable, Sendable {
  /// The number of packets: heads in use.
  package let count: Int64
  /// The cache of the heads, and those of the buffers, the largest first.
  package let caches: [SlabUsage.Cache]
  /// Bytes of all these caches.
  package let bytes: Int64

  /// A million packets and more, with buffers of a like number: a quarter to twice as many.
  ///
  /// A busy server has some ten thousand. Buffers are objects of kmalloc of 512 B to 4 KiB, or of
  /// `skbuff_small_head` (6.3).
  init?(_ caches: [SlabUsage.Cache]) {
    guard
      let heads = caches.first(where: { $0.name == "skbuff_head_cache" }),
      heads.activeObjects >= 1_000_000
    else { return nil }
    let buffers = caches.filter {
      Self.holdsBuffers($0.name) && $0.activeObjects >= heads.activeObjects / 4
        && $0.activeObjects / 2 <= heads.activeObjects
    }
    guard !buffers.isEmpty else { return nil }
    count = heads.activeObjects
    self.caches = ([heads] + buffers).sorted { ($0.bytes, $1.name) > ($1.bytes, $0.name) }
    bytes = self.caches.sum(\.bytes)
  }

  private static func holdsBuffers(_ name: String) -> Bool {
    if name == "skbuff_small_head" { return true }
    guard GenericCache.isGeneric(name), let size = GenericCache.objectSize(name) else {
      return false
    }
    return (512...4096).contains(size)
  }
}
