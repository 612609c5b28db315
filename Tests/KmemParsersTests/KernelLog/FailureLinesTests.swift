import Testing

@testable import KmemParsers

/// Lines of those who ask the page allocator for others, and print that they got nothing.
@Suite struct FailureLinesTests {
  private func reports(_ text: String) -> [MemoryReport] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports
  }

  @Test(arguments: [
    // 3.0 to 4.9, where the page allocator's line follows.
    "[1.0] vmalloc: allocation failure: 8192 bytes\n[1.0] java: page allocation failure: order:0, mode:0xd2",
    "[1.0] vmalloc: allocation failure, allocated 4096 of 8192 bytes\n"
      + "[1.0] java: page allocation failure: order:0, mode:0xd2",
    // 4.10 to 5.12.
    "[1.0] java: vmalloc: allocation failure: 8192 bytes, mode:0x6000c0(GFP_KERNEL), nodemask=(null)",
    "[1.0] java: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0xd2, nodemask=(null)",
    // 5.13, 5.14.
    "[1.0] java: vmalloc size 8192 allocation failure: vm_struct allocation failed, mode:0xcc2(GFP_KERNEL)",
    // 5.15 and later.
    "[1.0] java: vmalloc error: size 8192, exceeds total pages, mode:0xdc0(GFP_KERNEL|__GFP_ZERO)",
    "[1.0] java: vmalloc error: size 8192, vm_struct allocation failed, mode:0xcc2(GFP_KERNEL)",
  ]) func `an area that vmalloc could not fill is one report, with its size and the command`(
    _ text: String
  ) throws {
    let found = reports(text + "\n")
    let report = try #require(found.first)
    #expect(found.count == 1 && report.trigger == .allocationFailure)
    #expect(report.failure == .vmalloc(bytes: 8192) && report.command == "java")
    #expect(report.request.mask != nil && !report.memory.isPrinted)
  }

  @Test(
    arguments: [
      ("vmalloc size 8192 allocation failure: page order 0 allocation failed", 0),
      ("vmalloc error: size 8192, failed to allocate pages", 0),
      ("vmalloc error: size 8192, page order 9, failed to allocate pages", 9),
    ] as [(String, Int)])
  func `the size in a line of pages that failed is what had come of the area`(
    _ words: String, _ order: Int
  ) {
    let found = reports("[1.0] java: \(words), mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM)\n")
    #expect(found.map(\.failure) == [.vmallocPages(got: 8192, order: order)])
    #expect(found.map(\.command) == ["java"])
  }

  @Test func `a mail program may break such a line behind the size`() {
    let text = """
      May  5 10:51:34 static kernel: crawl: vmalloc error: size 0,
      page order 9, failed to allocate pages,
      mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM),

      """
    #expect(reports(text).map(\.failure) == [.vmallocPages(got: 0, order: 9)])
  }

  @Test(arguments: [
    "vmap allocation for size 8192 failed: use vmalloc=<size> to increase size.",
    "[1.0] vmap allocation for size 8192 failed: use vmalloc=<size> to increase size",
    "[1.0] vmalloc_node_range for size 8192 failed: Address range restricted to 0x1000 - 0x9000",
  ]) func `a range of addresses that was not there is told in one line`(_ text: String) {
    #expect(reports(text + "\n").map(\.failure) == [.vmalloc(bytes: 8192)])
  }

  @Test(
    arguments: [
      // 4.9 to 5.11, since 5.12, since 6.15.
      ("cma: cma_alloc: alloc failed, req-size: 1024 pages, ret: -12", nil),
      ("cma: cma_alloc: linux,cma: alloc failed, req-size: 1024 pages, ret: -12", "linux,cma"),
      ("cma: __cma_alloc: linux,cma: alloc failed, req-size: 1024 pages, ret: -12", "linux,cma"),
    ] as [(String, String?)]) func `a CMA that had no room has its name and the pages`(
      _ line: String, _ area: String?
    )
  {
    #expect(
      reports("[37.0] \(line)\n").map(\.failure) == [.cma(area: area, pages: 1024, isBusy: false)])
  }

  @Test func `a CMA whose pages could not be moved is busy, and cut lines of it are none`() {
    let whole = "cma: cma_alloc: reserved: alloc failed, req-size: 16 pages, ret: -16"
    #expect(
      reports(whole + "\n").map(\.failure) == [.cma(area: "reserved", pages: 16, isBusy: true)])
    for cut in [
      "cma: cma_alloc: ", "cma: cma_alloc: reserved: alloc failed, req-size: ", "cma_alloc",
    ] {
      #expect(reports(cut + "\n").isEmpty)
    }
    #expect(reports("cma_alloc: alloc failed, req-size: 99999999999999999999999 pages\n").isEmpty)
  }

  @Test(arguments: [
    // 2.6.30 to 4.7, SLAB's, 4.8 to 6.9, since 6.10.
    "SLUB: Unable to allocate memory on node -1 (gfp=0x20)",
    "SLAB: Unable to allocate memory on node 0 (gfp=0x20)",
    "SLUB: Unable to allocate memory on node -1, gfp=0x20(GFP_ATOMIC)",
    "SLUB: Unable to allocate memory on CPU 3 (of node 0) on node -1, gfp=0x20(GFP_ATOMIC)",
  ]) func `a slab that was refused has its cache and the mask`(_ line: String) throws {
    let text = """
      [8.448116] \(line)
      [8.448122]   cache: kmalloc-192, object size: 192, buffer size: 192, default order: 1, min order: 0
      [8.448125]   node 0: slabs: 663, objs: 20964, free: 0

      """
    let found = reports(text)
    #expect(found.map(\.failure) == [.slab(cache: "kmalloc-192")])
    #expect(found.first?.request.mask == 0x20 && found.first?.memory.isPrinted == false)
    #expect(reports("[8.4] \(line)\n").map(\.failure) == [.slab(cache: nil)])
  }

  @Test func `every beginning of such a text is read, and counters that are missing stay so`() {
    let text = """
      [1.0] a: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0xd2(GFP_KERNEL|__GFP_HIGHMEM)
      [2.0] cma: cma_alloc: linux,cma: alloc failed, req-size: 18446744073709551615 pages, ret: -12
      [3.0] SLUB: Unable to allocate memory on node -1 (gfp=0x20)
      [3.0]   cache: kmalloc-192(7:
      [4.0] memory: usage 18446744073709551615kB, limit 51200kB, failcnt
      [5.0] vmap allocation for size -1 failed: use vmalloc=<size>

      """
    let bytes = Array(text.utf8)
    for end in bytes.indices {
      let found = MemoryReports(bytes.span.extracting(0..<end)).reports
      #expect(found.count <= 4 && found.allSatisfy { !$0.memory.isPrinted && $0.kills.isEmpty })
    }
  }

  @Test func `such lines within a report of the OOM killer begin none, and hide none`() throws {
    let killed = """
      [9.0] java invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0
      [9.0] vmalloc: allocation failure: 8192 bytes
      [9.0] cma: cma_alloc: alloc failed, req-size: 16 pages, ret: -12
      [9.0] SLUB: Unable to allocate memory on node -1 (gfp=0x20)
      [9.0] Mem-Info:
      [9.0] active_anon:900 inactive_anon:90000 isolated_anon:0
      [9.0] Out of memory: Kill process 7 (java) score 900 or sacrifice child
      [9.0] Killed process 7 (java) total-vm:8484kB, anon-rss:1052kB, file-rss:0kB

      """
    let alone = "[8.0] cma: cma_alloc: alloc failed, req-size: 16 pages, ret: -12\n"
    let found = reports(alone + killed + alone)
    #expect(found.map(\.trigger) == [.allocationFailure, .outOfMemory, .allocationFailure])
    let report = found[1]
    #expect(report.failure == nil && report.memory.isPrinted && report.kills.map(\.pid) == [7])
  }

  @Test func `the page allocator's report below such a line is the same report`() {
    let text = """
      [1.0] vmalloc: allocation failure: 8192 bytes
      [1.0] modprobe: page allocation failure: order:0, mode:0xd0
      [1.0] Mem-info:
      [1.0] active_anon:113 inactive_anon:0 isolated_anon:0
      [1.0] SLUB: Unable to allocate memory on node -1 (gfp=0xd0)
      [1.0]   cache: kmalloc-64, object size: 64, buffer size: 64, default order: 0, min order: 0

      """
    let found = reports(text)
    #expect(found.first?.memory.isPrinted == true && found.first?.command == "modprobe")
    #expect(found.first?.failure == .vmalloc(bytes: 8192))
  }

  @Test func `rsyslog's line breaks and Markdown's stars cost no number`() throws {
    let text = """
      a invoked oom-killer: gfp_mask=0x201da, order=0
      Mem-Info:
      active_anon:900 inactive_anon:90000 isolated_anon:0#012 active_file:1 inactive_file:2 isolated_file:7#012 unevictable:5
      Node 0 Normal: 3_4kB 2_8kB 1*16kB = 44kB

      """
    let memory = try #require(reports(text).first).memory
    #expect(memory.counters["inactive_anon"] == 90000 && memory.counters["isolated_anon"] == 0)
    #expect(memory.counters["isolated_file"] == 7 && memory.counters["unevictable"] == 5)
    #expect(memory.zones.first?.freeBlocks == [3, 2, 1])
  }
}
