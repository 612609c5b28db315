package import KmemParsers

/// What is to be traced.
package struct TraceTarget: Hashable, Sendable {
  private struct Named: Hashable, Sendable {
    let name: String
    let size: Int64
  }

  /// The allocators.
  package var kinds: Set<TraceRecord.Kind>
  /// The only size of kmalloc, in bytes; nil for all.
  package var size: Int64?
  /// The only slab cache by its name, and the size of its objects in bytes; nil for all.
  package var cacheName: (name: String, size: Int64)? {
    get { named.map { ($0.name, $0.size) } }
    set { named = newValue.map { Named(name: $0.name, size: $0.size) } }
  }
  private var named: Named?
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
