import KmemAnalysis
import KmemParsers

extension Books.Origin {
  /// The file and the values in it, as a sum: `meminfo: KReclaimable − SReclaimable`.
  var words: String {
    switch self {
    case .meminfo(let lines, let less, let including):
      "meminfo: "
        + ([lines.map(\.rawValue).joined(separator: " + ")] + less.map(\.words)).joined(
          separator: " − ")
        + (including.map { ", \($0.words) included" } ?? "")
    case .defaultHugePages: "meminfo: HugePages_Total × Hugepagesize"
    case .hugePagePools: "sysfs: nr_hugepages of each size"
    case .percpuAreas: "vmallocinfo: Σ areas of pcpu_get_vm_areas, at most"
    case .arcstats(let keys): "arcstats: " + keys.map(\.rawValue).joined(separator: " + ")
    case .zram(let keys):
      (["mm_stat: mem_used_total"] + keys.map { "meminfo: \($0.rawValue)" })
        .joined(separator: "; ")
    case .vmstat(let line): "vmstat: \(line.rawValue)"
    case .pagesets: "zoneinfo: pagesets + pages free, less MemFree"
    case .vmallocAreas(let lessStacks):
      "vmallocinfo: Σ pages of vmalloc areas" + (lessStacks ? " − kernel stacks" : "")
    case .instrumentation(let slab, let pages):
      [slab ? "slabinfo: kmemleak's caches" : nil, pages ? "allocinfo: lib/stackdepot.c" : nil]
        .compactMap { $0 }.joined(separator: "; ")
    case .rest: "MemTotal less all other classes"
    }
  }
}

extension Books.Part {
  fileprivate var words: String {
    switch self {
    case .line(let key): key.rawValue
    case .filePages: "file pages"
    case .kmemleakCaches: "caches of kmemleak's own"
    case .kernelStacks: "kernel stacks"
    }
  }
}

extension Books.Inclusion {
  fileprivate var words: String {
    switch self {
    case .reclaimable: "reclaimable"
    case .firstChunk: "its first chunk"
    case .shmem: "shmem"
    }
  }
}

extension Books.Note {
  /// The note as a sentence without its full stop.
  var sentence: String {
    switch self {
    case .percpuFirstChunk:
      "Percpu counts its first chunk, which lies outside MemTotal: up to that chunk's size "
        + "unaccounted reads too low"
    case .zfsArc(let size, let pages):
      "the ZFS cache is \(Amount.short(size)) in all; the class has the \(Amount.short(pages)) of it "
        + "in pages of their own, the rest is slab"
    case .zfsArcInVmalloc(let size):
      "the ZFS cache of \(Amount.short(size)) has no class: before 0.7 it lies in vmalloc memory"
    case .balloon(let bytes):
      "Balloon holds \(bytes / 1024) KiB; most drivers take it out of MemTotal, so it is not "
        + "subtracted: where one doesn't, it shows as unaccounted"
    }
  }
}
