import Testing

@testable import KmemParsers

@Suite struct MeminfoFormTests {
  private func bytes<Form: MeminfoForm>(_ form: Form) -> [String: Int64] {
    Dictionary(form.lines.map { ($0.name, $0.amount.bytes) }) { first, _ in first }
  }

  @Test func `vmstat -s has the amounts that are lines of meminfo`() throws {
    let lines = bytes(try VmstatSums(vmstatSumsOf4))
    #expect(lines["Active"] == 1_075_183_616)
    #expect(lines["SwapFree"] == 2_146_430_976)
    // What it calls swap cache is the page cache.
    #expect(lines["SwapCached"] == nil)
    #expect(lines["Cached"] == nil)
  }

  @Test func `what was joined to a row of vmstat -s stands behind its two words`() throws {
    let text = "  24105 M total memory\n  18691 M free memory root@db1:~# free -m\n"
    let mebi = Int64(1 << 20)
    #expect(bytes(try VmstatSums(text)) == ["MemTotal": 24105 * mebi, "MemFree": 18691 * mebi])
  }

  @Test(arguments: [("m", 1_000_000), ("M", 1_048_576), ("K", 1024), ("k", 1000)])
  func `vmstat -s prints its unit`(letter: String, unit: Int64) throws {
    #expect(bytes(try VmstatSums("  25276 \(letter) total memory\n")) == ["MemTotal": 25276 * unit])
  }

  @Test func `numastat sums the nodes`() throws {
    let numastat = try Numastat(numastatOf2)
    let lines = bytes(numastat)
    #expect(numastat.nodes == 2)
    #expect(lines["MemFree"] == 16_568_675_205)
    #expect(lines["Hugetlb"] == 2_147_483_648)
    #expect(lines["HugePages_Free"] == nil)
    #expect(numastat.lines.allSatisfy { $0.amount.error == 10485 })
  }

  @Test func `numastat without a column of sums is summed here`() throws {
    let text = "       Node 0  Node 1\nMemFree  1.50  2.25\n"
    #expect(bytes(try Numastat(text)) == ["MemFree": 3_932_160])
  }

  @Test func `the areas of smem are taken apart into lines of meminfo`() throws {
    let lines = bytes(try SmemSystem(smemSystemOf1))
    #expect(lines["MemTotal"] == 25_276_063_744)
    #expect(lines["AnonPages"] == 813_879_296)
    #expect(lines["Mapped"] == 378_753_024)
    #expect(lines["kernel noncache"] == 185_405_440)
  }

  @Test(
    arguments: [
      ("MiB Mem :   1.5 total,   1.0 free,   0.5 used", 1_572_864),
      ("Mem:   4051792k total,  3887764k used,   164028k free,   150932k buffers", 4_149_035_008),
      ("Mem:    48168M total, 48015M used,   152M free,  173M buffers", 50_507_808_768),
      (
        "KiB Mem:  32660532 total, 32120948 used,   539584 free,  1530036 buffers", 33_444_384_768
      ),
      ("MiB Mem : 64311.+total, 100.0 free", 67_434_971_136),
      ("Mem: 45824K used, 9260K free, 0K shrd, 1208K buff, 12908K cached", 56_406_016),
    ] as [(String, Int64)])
  func `the head of top is read in every layout`(line: String, total: Int64) throws {
    #expect(bytes(try Top(line + "\n"))["MemTotal"] == total)
  }

  @Test func `numbers that top cut are off by as much as was cut`() throws {
    let top = try Top("MiB Mem : 64311.+total, 100.0 free\n")
    #expect(top.lines.first?.amount.error == 1_048_576)
  }

  @Test func `top has processes too`() throws {
    let top = try Top(topOf4)
    #expect(top.rows.map(\.pid) == [17584, 18533])
    #expect(top.rows[0].resident == PrintedAmount(bytes: 1_288_490_188, error: 107_374_182))
    #expect(top.rows[1].command == "swift-fro+")
  }
}

@Suite struct ProcessFormTests {
  @Test func `the command may hold blanks`() throws {
    let rows = try Ps(psOfAll).rows
    #expect(rows.map(\.pid) == [1, 2, 1187])
    #expect(rows[2].command == "/usr/sbin/mysqld --port 3306")
    #expect(rows[2].resident?.bytes == 4_294_967_296)
    #expect(rows.map(\.isKernelThread) == [false, true, false])
  }

  @Test(arguments: [
    "  PID   RSS COMMAND\n 77  2048 a b\n", "  RSS CMD\n 2048 a b\n", "RSS PID ARGS\n2048 77 a b\n",
  ])
  func `columns may stand in any order`(text: String) throws {
    let row = try #require(try Ps(text).rows.first)
    #expect(row.resident?.bytes == 2_097_152)
    #expect(row.command == "a b")
  }

  @Test func `the command may stand before the amounts`() throws {
    let rows = try Smem(smemOf1).rows
    #expect(rows.map(\.command) == ["/sbin/init splash", "qemu-system-x86_64 -M q35 -"])
    #expect(rows.map { $0.unique?.bytes } == [4_521_984, 513_593_344])
  }

  @Test func `a command that has the words of titles is a process`() throws {
    let rows = try Ps("  PID   RSS COMMAND\n 77  2048 grep RSS COMMAND\n").rows
    #expect(rows.map(\.command) == ["grep RSS COMMAND"])
  }

  @Test func `a line that is no process is remarked`() throws {
    #expect(try Ps("$ ps aux\nso it is\n" + psOfAll).notes == ["2: no row of ps: so it is"])
  }
}

@Suite struct SortedPageOwnerTests {
  @Test func `a sorted list has as many blocks as it says`() throws {
    let file = try PageOwner(pageOwnerSorted)
    #expect(file.stacks.stacks.map(\.pages) == [699_487, 12])
    #expect(file.stacks.stacks.map(\.allocations) == [699_487, 3])
    #expect(file.stacks.stacks[0].frames.map(\.symbol).last == "driver_dma_populate")
  }

  @Test func `before 5_18 the pages are told by the order`() throws {
    let text = """
      12 times:
      Page allocated via order 2, mask 0x280da
        [<ffffffff8116147e>] __alloc_pages_nodemask+0x1de/0xb00
        [<ffffffffa0427d72>] driver_dma_populate+0x502/0x900 [drv]

      """
    let stacks = try PageOwner(text).stacks.stacks
    #expect(stacks.map(\.pages) == [48])
    #expect(stacks[0].frames.map(\.module) == [nil, "drv"])
  }
}

@Suite struct ReadableAllocinfoTests {
  @Test(
    arguments: [
      ("2.8M    22648 fs/kernfs/dir.c:615 func:f", 2_936_012, 104_857),
      ("38.4 MiB     5505 mm/slub.c:3075 func:f", 40_265_318, 104_857),
      ("[  12.345678] 1.12 GiB     5505 mm/slub.c:3075 func:f", 1_202_590_842, 10_737_418),
      ("512 B  1 mm/slub.c:3075 func:f", 512, 0), ("4096 1 mm/slub.c:3075 func:f", 4096, 0),
    ] as [(String, Int64, Int64)])
  func `a readable size has what its rounding hides`(line: String, bytes: Int64, error: Int64)
    throws
  {
    let tag = try #require(try Allocinfo(line + "\n").tags.first)
    #expect(tag.bytes == bytes)
    #expect(tag.error == error)
    #expect(tag.function == "f")
  }
}

@Suite struct NodeMeminfoTests {
  @Test func `lines of several nodes are summed`() throws {
    let text =
      "Node 0 MemTotal: 100 kB\nNode 0 Slab: 5 kB\nNode 1 MemTotal: 50 kB\nNode 1 Slab: 6 kB\n"
    let bytes = Array(text.utf8)
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo.entries.map(\.value) == [150, 11])
    #expect(meminfo.remarks == [])
  }

  @Test func `a text of more nodes than kernels have is bounded`() throws {
    let text = (0..<2000).map { "Node \($0) Slab: 1 kB\n" }.joined()
    let bytes = Array(text.utf8)
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo.entries.map(\.value) == [1024])
    #expect(meminfo.remarks.count == 100)
  }

  @Test func `lines of the machine count before those of its nodes`() throws {
    let text = "MemTotal: 150 kB\nNode 0 MemTotal: 100 kB\n"
    let bytes = Array(text.utf8)
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo.entries.map(\.value) == [150])
    #expect(meminfo.remarks.count == 1)
  }
}
