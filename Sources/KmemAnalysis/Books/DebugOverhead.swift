import KmemParsers
import KmemSnapshot

/// The memory that kernel debugging itself holds, as far as the snapshot shows it.
///
/// It grows with every allocation that it watches, so it is a line of its own, never a suspect.
struct DebugOverhead {
  /// The bytes that are slab: they are taken out of the slab class.
  let slab: Int64
  /// The bytes of whole pages, which no other class counts.
  let pages: Int64

  /// Source files whose page allocations no class of meminfo counts.
  static let files: Set = ["lib/stackdepot.c"]

  init(_ snapshot: Snapshot) {
    let pageSize = snapshot.host.pageSize.bytes
    let listed = (snapshot.report?.slabs ?? [])
      .filter { CacheMeaning(name: $0.name)?.side == .debugging }
      .reduce(Int64(0)) { $0.plus(Int64(clamping: $1.total)) }
    slab = (snapshot.slabinfo.value?.caches ?? [])
      .filter { CacheMeaning(name: $0.name)?.side == .debugging }
      .compactMap { $0.bytes(pageSize: pageSize) }
      .reduce(listed) { $0.plus($1) }
    pages = (snapshot.allocinfo.value?.tags ?? [])
      // There are thousands of lines, and most hold nothing where profiling is off.
      .filter { $0.bytes > 0 && Self.files.contains($0.file) }
      .reduce(0) { $0.plus($1.bytes) }
  }

  var total: Int64 { slab.plus(pages) }

  var origin: Books.Origin { .instrumentation(slab: slab > 0, pages: pages > 0) }
}
