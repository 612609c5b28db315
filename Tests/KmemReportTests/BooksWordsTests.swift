import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// How the books' amounts, reasons and notes read.
struct BooksWordsTests {
  @Test(arguments: [
    (
      Books.Origin.meminfo([.cached, .buffers], less: [.line(.shmem)]),
      "meminfo: Cached + Buffers − Shmem"
    ),
    (
      .meminfo([.filePages], less: [.line(.swapCached)], including: .shmem),
      "meminfo: FilePages − SwapCached, shmem included"
    ),
    (
      .meminfo([.active], less: [.line(.anonPages), .filePages]),
      "meminfo: Active − AnonPages − file pages"
    ),
    (.meminfo([.slab], including: .reclaimable), "meminfo: Slab, reclaimable included"),
    (.meminfo([.percpu], including: .firstChunk), "meminfo: Percpu, its first chunk included"),
    (
      .meminfo([.sUnreclaim], less: [.kmemleakCaches]),
      "meminfo: SUnreclaim − caches of kmemleak's own"
    ),
    (.meminfo([.vmallocUsed], less: [.kernelStacks]), "meminfo: VmallocUsed − kernel stacks"),
    (
      .vmallocAreas(lessStacks: true),
      "vmallocinfo: Σ pages of vmalloc areas − kernel stacks"
    ),
    (
      .instrumentation(slab: true, pages: true),
      "slabinfo: kmemleak's caches; allocinfo: lib/stackdepot.c"
    ),
    (.defaultHugePages, "meminfo: HugePages_Total × Hugepagesize"),
    (.hugePagePools, "sysfs: nr_hugepages of each size"),
    (.percpuAreas, "vmallocinfo: Σ areas of pcpu_get_vm_areas, at most"),
    (.arcstats([.dataSize, .metadataSize]), "arcstats: data_size + metadata_size"),
    (.zram(and: [.zswap]), "mm_stat: mem_used_total; meminfo: Zswap"),
    (.pagesets, "zoneinfo: pagesets + pages free, less MemFree"),
    (.vmstat(.zspages), "vmstat: nr_zspages"),
    (.rest, "MemTotal less all other classes"),
  ]) func `an origin is a file and a sum of its values`(origin: Books.Origin, words: String) {
    #expect(origin.words == words)
  }

  @Test(arguments: [
    (MissingAmount.notPrinted, "not printed by this kernel"),
    (MissingAmount.notReported, "not in the report"),
    (.hostOnly, "known of the host only"),
    (.lines([.active, .inactive]), "not in this file: Active, Inactive"),
    (.source(Missing(.absent)), "absent"),
    (
      .vmalloc(areas: Missing(.absent)),
      "not printed (this kernel's VmallocUsed is no amount of memory, and vmallocinfo is absent)"
    ),
    (
      .vmalloc(areas: nil),
      "not printed (this kernel's VmallocUsed is no amount of memory, and vmallocinfo is no areas)"
    ),
  ]) func `a class without an amount says why`(missing: MissingAmount, words: String) {
    #expect(missing.words == words)
  }

  @Test func `a class that one moment lacks has no growth, and that is said`() throws {
    let before = Snapshot(typed: ["proc/meminfo": MeminfoText.balanced()])
    let after = Snapshot(typed: ["proc/meminfo": MeminfoText.balanced() + "SecPageTables: 8 kB\n"])
    let classes = Growth(from: before, to: after).classes
    let change = try #require(classes.first { $0.memoryClass == .secPageTables })
    #expect(change.missingWords == "SecPageTables on one side only")
  }

  @Test func `what makes books inexact is said`() {
    #expect(
      Books.Note.percpuFirstChunk.sentence
        == "Percpu counts its first chunk, which lies outside MemTotal: up to that chunk's size "
        + "unaccounted reads too low")
    #expect(
      Books.Note.balloon(bytes: 50000 << 10).sentence
        == "Balloon holds 50000 KiB; most drivers take it out of MemTotal, so it is not "
        + "subtracted: where one doesn't, it shows as unaccounted")
  }

  @Test func `sums that should meet name both, and what a gap is made of`() {
    for sums in CrossCheck.Sums.allCases {
      #expect(!sums.parts.isEmpty && !sums.whole.isEmpty && !sums.explanation.isEmpty)
    }
    #expect(
      Set(CrossCheck.Sums.allCases.map(\.explanation)).count == CrossCheck.Sums.allCases.count)
  }
}
