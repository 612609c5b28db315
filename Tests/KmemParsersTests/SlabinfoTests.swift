import Testing

@testable import KmemParsers

@Suite struct SlabinfoTests {
  private func row(_ name: String, _ end: String = "") -> String {
    "\(name)     12     34   1176   27    8 : tunables    1    2    3 : slabdata      4      5      6\(end)\n"
  }

  @Test func `a text that ends in the first line, before the version, is told so`() {
    let error = #expect(throws: ParseError.self) { try Slabinfo("slabinfo - version:\n") }
    #expect(error?.reason.hasPrefix("the first line of /proc/slabinfo breaks off") == true)
  }

  @Test func `each column has its place`() throws {
    let cache = try #require(Slabinfo(slabHeader + row("dentry")).caches.first)
    let expected = Slabinfo.Cache(
      name: "dentry", activeObjects: 12, objects: 34, objectSize: 1176, objectsPerSlab: 27,
      pagesPerSlab: 8, limit: 1, batchCount: 2, sharedFactor: 3, activeSlabs: 4, slabs: 5,
      sharedAvailable: 6, globalStatistics: [], processorStatistics: [])
    #expect(cache == expected)
    #expect(cache.bytes(pageSize: 4096) == 163_840)
  }

  @Test(arguments: [
    "PGDIR cache", "a 1 2 3", "iwl_cmd_pool:0000:04:00.0", "0000:e2:00.2-dmaengine-desc-cache",
    "size-64(DMA)", "page->ptl", "L2TP/IPv6", "7", "x : tunables 1 2 3 : slabdata 4",
    "kmalloc-8k(3:a b)",
    "nf_conntrack_ffff881026e52400", "a : tunables", "#odd",
  ])
  func `a name is kept whole`(name: String) throws {
    let slabinfo = try Slabinfo(slabHeader + row(name) + row("after"))
    #expect(slabinfo.caches.map(\.name) == [name, "after"])
    #expect(slabinfo.caches.first?.pagesPerSlab == 8)
    #expect(slabinfo.remarks == [])
  }

  @Test func `a name that isn't UTF-8 is read, with its odd bytes replaced`() throws {
    let bytes = Array(slabHeader.utf8) + [0x61, 0xFF, 0x1B, 0x5B] + Array(row("x").utf8)
    #expect(try Slabinfo(bytes).caches.map(\.name) == ["a\u{FFFD}\u{1B}[x"])
  }

  @Test func `caches of the same name are all kept, in their order`() throws {
    let slabinfo = try Slabinfo(slabHeader + row("mlx5_fs_ftes") + row("a") + row("mlx5_fs_ftes"))
    #expect(slabinfo.caches.map(\.name) == ["mlx5_fs_ftes", "a", "mlx5_fs_ftes"])
  }

  @Test func `statistics have the names of the header`() throws {
    let slabinfo = try Slabinfo(slabinfoOfSlabWithStatistics)
    #expect(slabinfo.hasStatistics)
    let cache = try #require(slabinfo.caches.first)
    #expect(cache.globalStatistics.count == 9)
    #expect(cache.globalStatistics.last == .init(name: "alienoverflow", value: 7))
    #expect(cache.globalStatistics[4] == .init(name: "error", value: 0))
    #expect(
      cache.processorStatistics.map(\.name) == ["allochit", "allocmiss", "freehit", "freemiss"])
    #expect(cache.processorStatistics.map(\.value) == [8, 2, 0, 3])
  }

  @Test func `the layouts of 2_6_11 and 2_6_13 are read by their headers`() throws {
    let text = slabinfoOfSlabWithStatistics.replacing(" <alienoverflow>", with: "")
      .replacing("5    7 : cpustat", with: "5 : cpustat").replacing(
        "0    0 : cpustat", with: "0 : cpustat")
    let names = try Slabinfo(text).caches.map { $0.globalStatistics.map(\.name).last }
    #expect(names == ["remotefrees", "remotefrees"])
  }

  @Test func `statistics without a header are numbered`() throws {
    let text = row("a", " : globalstat 1 2 \t 3 : cpustat 4")
    let slabinfo = try Slabinfo(text)
    #expect(slabinfo.hasStatistics)
    #expect(slabinfo.caches.first?.globalStatistics.map(\.name) == ["1", "2", "3"])
    #expect(slabinfo.notes == ["0: the header is missing; the rows look like version 2.1"])
  }

  @Test func `the header alone is valid`() throws {
    #expect(try Slabinfo(slabHeader).caches == [])
  }

  @Test func `a header that occurs again is remarked`() throws {
    let slabinfo = try Slabinfo(slabHeader + row("a") + slabHeader + row("a"))
    #expect(slabinfo.caches.count == 2)
    #expect(slabinfo.remarks.map(\.line) == [4])
  }

  @Test(arguments: ["1.0", "1.1", "1.1 (statistics) (SMP)", "2.0", "2.0 (statistics)", "3.0"])
  func `another version is refused by its name`(version: String) throws {
    let text = "slabinfo - version: \(version)\n" + row("a")
    let error = #expect(throws: ParseError.self) { try Slabinfo(text) }
    let number = version.split(separator: " ").first ?? ""
    #expect(error?.line == 1)
    #expect(error?.reason.contains("version \(number) of /proc/slabinfo") == true)
    #expect(error?.reason.contains("2.6.10") == true)
  }

  @Test func `rows wrapped by a mail are joined`() throws {
    let text = """
      slabinfo - version: 2.1
      # name            <active_objs> <num_objs> <objsize> <objperslab>
      <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> :
      slabdata <active_slabs> <num_slabs> <sharedavail>
      nf_conntrack       15716  20349    320   51    4 : tunables    0    0
        0 : slabdata    399    399      0
      ntfs_big_inode_cache      0      0    960   34    8 : tunables    0
      0    0 : slabdata      0      7      0
      a very long name that fills a line 1 2 3
      4 5
      : tunables 0 0 0 :
      slabdata 1 9 0

      """
    let slabinfo = try Slabinfo(text)
    #expect(slabinfo.caches.map(\.slabs) == [399, 7, 9])
    #expect(slabinfo.caches.last?.name == "a very long name that fills a line")
    #expect(slabinfo.notes == ["5: rows that were wrapped are joined, from here on: 3"])
  }

  @Test func `wrapped statistics are joined`() throws {
    let text = slabinfoOfSlabWithStatistics.replacing(" : globalstat  ", with: "\n: globalstat  ")
      .replacing(" : cpustat  ", with: "\n : cpustat  ")
    let slabinfo = try Slabinfo(text)
    let whole = try Slabinfo(slabinfoOfSlabWithStatistics)
    #expect(slabinfo.caches == whole.caches)
    #expect(slabinfo.remarks.count == 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func `many lines that could continue a row are passed over in time that grows with their number`()
    throws
  {
    let text =
      slabHeader + row("before") + "cut 12 34\n" + String(repeating: ": 1\n", count: 50_000)
    let slabinfo = try Slabinfo(text + row("after"))
    #expect(slabinfo.caches.map(\.name) == ["before", "after"])
    #expect(slabinfo.remarks.count == 100)
  }

  @Test func `a row without its statistics is kept`() throws {
    let slabinfo = try Slabinfo(slabinfoOfSlabWithStatistics + row("late"))
    #expect(slabinfo.caches.count == 3)
    #expect(slabinfo.notes == ["5: the row of late has no statistics"])
  }

  @Test(arguments: [
    "cut 12 34 1176 27 8 : tunables 1 2 3 : slabdata 4",
    "five 12 34 1176 27 8",
    "four 34 1176 27 8 : tunables 1 2 3 : slabdata 4 5 x",
    "huge 12 18446744073709551616 1176 27 8 : tunables 1 2 3 : slabdata 4 5 6",
    "root@host:~# cat /proc/slabinfo", "[35/1689]", "-bash: x: No such file or directory",
    "more 12 34 1176 27 8 : tunables 1 2 3 : slabdata 4 5 6 7",
    "else 12 34 1176 27 8 : tunables 1 2 3 : slabdata 4 5 6 : other 7",
  ])
  func `a damaged row is remarked and the others are read`(damaged: String) throws {
    let slabinfo = try Slabinfo(slabHeader + row("before") + damaged + "\n" + row("after"))
    #expect(slabinfo.caches.map(\.name) == ["before", "after"])
    #expect(slabinfo.remarks.map(\.line) == [4])
  }

  @Test func `a shell prompt first is passed over`() throws {
    let slabinfo = try Slabinfo("# cat /proc/slabinfo\n" + slabHeader + row("a"))
    #expect(slabinfo.caches.map(\.name) == ["a"])
    #expect(slabinfo.remarks.map(\.line) == [1])
  }

  @Test func `a prompt is not taken for the beginning of a wrapped row`() throws {
    let text = "$ cat 5\na 12 34 1176 27 8 : tunables 1\n2 3 : slabdata 4 5 6\n"
    #expect(try Slabinfo(text).caches.map(\.name) == ["a"])
  }

  @Test func `counts beyond 32 bits and below zero are kept`() throws {
    let text = row("a").replacing("12 ", with: "18446744073709551615 ")
      .replacing("      5 ", with: "      5000000000 ")
    let cache = try #require(Slabinfo(slabHeader + text).caches.first)
    #expect(cache.activeObjects == .max)
    #expect(cache.bytes(pageSize: 65536) == 2_621_440_000_000_000)
  }

  @Test func `bytes beyond 64 bits are unknown`() throws {
    let text = row("a").replacing("      5 ", with: "      9223372036854775807 ")
    let cache = try #require(Slabinfo(slabHeader + text).caches.first)
    #expect(cache.bytes(pageSize: 4096) == nil)
    #expect(cache.bytes(pageSize: 0) == nil)
  }
}
