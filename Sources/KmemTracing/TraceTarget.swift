package import KmemParsers

/// What is to be traced.
package struct TraceTarget: Hashable, Sendable {
  /// The allocators.
  package var kinds: Set<TraceRecord.Kind>
  /// The only size of kmalloc, in bytes; nil for all.
  package var size: Int64?
  /// The only slab cache, by the address of its description in the kernel; nil for all.
  package var cache: UInt64?
  /// The only process whose allocations count; nil for all.
  package var pid: Int?
  /// Of so many addresses one is followed, a power of two; 1 for all.
  package var sampling: Int64

  /// A target; everything that isn't said is traced.
  package init(
    kinds: Set<TraceRecord.Kind>, size: Int64? = nil, cache: UInt64? = nil, pid: Int? = nil,
    sampling: Int64 = 1
  ) {
    self.kinds = kinds
    self.size = size
    self.cache = cache
    self.pid = pid
    self.sampling = sampling
  }
}
