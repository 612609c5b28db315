import KmemParsers
import KmemSnapshot

/// Memory for devices that need it in one piece (CmaTotal, CmaFree), beside all free memory.
package struct CMA: Hashable, Sendable {
  /// All of it, in bytes.
  package let total: Int64
  /// What is free of it; movable pages may be in the rest, and leave when a device asks.
  package let free: Int64
  /// All free memory, which `free` is a part of.
  package let memFree: Int64
}

extension FindingRules {
  /// Huge pages that nobody uses are taken from everybody else: from 10 % of memory on.
  ///
  /// In use they are noted from 20 % on, since programs that map them don't show them as theirs; of
  /// sizes that only `Hugetlb` counts nobody knows, from 10 % on.
  var hugePages: [Finding] {
    guard let use = HugePageUse(snapshot, books), let idle = share(use.idle),
      let unknown = share(use.unknown), let inUse = share(use.inUse)
    else { return [] }
    return [
      idle.part >= 0.1 ? Finding(.warning, .idleHugePages(idle)) : nil,
      unknown.part >= 0.1 ? Finding(.note, .otherHugePages(unknown)) : nil,
      inUse.part >= 0.2 ? Finding(.note, .hugePagesInUse(inUse)) : nil,
    ].compactMap { $0 }
  }

  /// Only movable pages may lie in CMA: what the kernel asks for itself can't have it.
  ///
  /// A warning where it is more than half of free memory, and less than 5 % of memory would be available
  /// without it, or the OOM killer came. A note where a CMA of 10 % of memory or more is half used.
  var cma: [Finding] {
    guard let meminfo = snapshot.meminfo.value, let total = share(meminfo[.cmaTotal]?.bytes),
      let free = meminfo[.cmaFree]?.bytes, let all = meminfo[.memFree]?.bytes,
      total.bytes > 0, free <= total.bytes, snapshot.containerMeminfo == nil
    else { return [] }
    let cma = CMA(total: total.bytes, free: free, memFree: all)
    let left = model.availability.map { max(0, $0.bytes.minus(free)) }
    let isShort = share(left).map { $0.part < 0.05 } ?? false
    let wasShort = !(snapshot.outOfMemory?.kills.isEmpty ?? true)
    if free > all / 2, isShort || wasShort { return [Finding(.warning, .cmaFree(cma, left: left))] }
    guard total.part >= 0.1, free <= total.bytes / 2 else { return [] }
    return [Finding(.note, .cmaInUse(cma))]
  }

  /// Compressed swap in memory, from 10 % of it on.
  var compressedSwap: Finding? {
    guard let share = share(books?[.zspages]?.bytes), share.part >= 0.1 else { return nil }
    let zram = snapshot.zramDevices
    let zswapped = snapshot.meminfo.value?[.zswapped]?.bytes
    let stored = zram.reduce(zswapped ?? 0) { $0.plus($1.stored) }
    return Finding(.note, .compressedSwap(share, stored: stored > 0 ? stored : nil))
  }

  /// What is given back and MemAvailable leaves out, from 5 % of memory on.
  var notInAvailable: [Finding] {
    uncounted.filter { $0.share.part >= 0.05 }
      .map { Finding(.note, .notInAvailable($0.share, $0.memoryClass)) }
  }

  /// Caches that `si_mem_available()` doesn't know: pages that GPU drivers keep (7.1), and the cache of
  /// ZFS but for what it doesn't shrink below.
  var uncounted: [(memoryClass: MemoryClass, share: Finding.Share)] {
    let least = snapshot.arcstats.value?[.least] ?? 0
    let arc = books?[.zfsArc]?.bytes.map { max(0, $0.minus(least)) }
    return [(MemoryClass.gpuReclaim, books?[.gpuReclaim]?.bytes), (.zfsArc, arc)]
      .compactMap { memoryClass, bytes in share(bytes).map { (memoryClass, $0) } }
  }
}
