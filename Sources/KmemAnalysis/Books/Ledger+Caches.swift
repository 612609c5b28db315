package import KmemParsers
import KmemSnapshot

extension Ledger {
  /// The pages of compressed swap: by vmstat, else by what zswap and the devices of zram say
  /// themselves.
  ///
  /// Zswap may also keep its pages elsewhere than zsmalloc does; these are in no class.
  mutating func enterCompressed() {
    if let pages = pages(vmstat: .zspages) {
      return enterIfPrinted(.zspages, pages, from: .vmstat(.zspages))
    }
    let zram = snapshot.zramDevices.reduce(Int64(0)) { $0.plus($1.held) }
    let zswap = bytes(.zswap)
    guard let sum = sum(zswap, snapshot.zramDevices.isEmpty ? nil : zram), sum > 0 else { return }
    enterIfPrinted(
      .zspages, sum,
      from: snapshot.zramDevices.isEmpty
        ? .meminfo([.zswap]) : .zram(and: zswap == nil ? [] : [.zswap]))
  }

  /// The cache of ZFS.
  ///
  /// Since 0.7 contents of files lie in pages of their own (`abd_alloc_chunks` takes them with
  /// alloc_pages), which no line of meminfo counts; headers, dnodes and buffers under 1.5 KiB are slab.
  /// Before, contents lay in SPL's caches, which are vmalloc memory. Releases are told by the lines:
  /// compressed contents came with 0.7 too. A file that has the size only tells the most that it is.
  mutating func enterArc() {
    guard let arc = snapshot.arcstats.value, let size = arc[.size] else { return }
    guard let data = arc[.dataSize], let metadata = arc[.metadataSize] else {
      return enterIfPrinted(.zfsArc, size, from: .arcstats([.size]), isUpperBound: true)
    }
    if arc[.compressedSize] == nil, snapshot.vmallocinfo.value != nil {
      return notes.append(.zfsArcInVmalloc(size: size))
    }
    let waste = arc[.chunkWaste]
    let pages = data.plus(metadata).plus(waste ?? 0)
    enterIfPrinted(
      .zfsArc, pages,
      from: .arcstats([.dataSize, .metadataSize] + (waste == nil ? [] : [.chunkWaste])))
    notes.append(.zfsArc(size: size, pages: pages))
  }
}

extension Vmallocinfo {
  /// The areas of per-CPU chunks: how many, and their bytes of address space.
  ///
  /// They print no `pages=`, as `mm/percpu.c` takes the pages itself. Chunks span all possible
  /// processors, and have pages only where something was allocated.
  package var percpuAreas: (bytes: Int64, count: Int) {
    let chunks = areas.filter {
      $0.pages == nil && $0.caller.map { $0.hasPrefix("pcpu_get_vm_areas") } ?? false
    }
    return (chunks.reduce(0) { $0.plus(Int64(clamping: $1.size)) }, chunks.count)
  }
}
