package import KmemParsers

/// What each caller of vmalloc holds: bytes of RAM, and the number of areas.
package typealias VmallocCallers = [VmallocCaller: (bytes: Int64, count: Int64)]

extension Vmallocinfo {
  /// The RAM behind the areas of each caller; a page has `pageSize` bytes.
  ///
  /// Addresses are hashed or hidden on most kernels; the caller is what identifies an area.
  package func callers(pageSize: Int) -> VmallocCallers {
    var callers: VmallocCallers = [:]
    for area in areas where area.isMemory {
      guard let pages = area.pages, pages < 1 << 40 else { continue }
      let caller = VmallocCaller(caller: area.caller ?? "unknown caller", module: area.module)
      let known = callers[caller, default: (0, 0)]
      callers[caller] = (known.bytes.plus(Int64(pages) * Int64(pageSize)), known.count + 1)
    }
    return callers
  }
}
