import Testing

@testable import KmemParsers

@Suite struct SlabtopTests {
  @Test func `rows and the lines above them are read`() throws {
    let slabtop = try Slabtop(slabtopOf4)
    #expect(
      slabtop.caches.map(\.name) == ["ext4_inode_cache", "dentry", "buffer_head", "my cache"])
    #expect(slabtop.caches[1].size == PrintedAmount(bytes: 151_568_384))
    #expect(slabtop.caches[1].objectSize == PrintedAmount(bytes: 194, error: 10))
    #expect(slabtop.cacheCount == 235)
    #expect(slabtop.total?.bytes == 798_720_573)
  }

  @Test func `an unlisted cache holds no more than the last row where rows are sorted by it`()
    throws
  {
    #expect(try Slabtop(slabtopOf4).unlisted == 65536)
  }

  @Test func `an unlisted cache holds no more than is left of the total`() throws {
    let text = slabtopOf4.split(separator: "\n").filter { !$0.contains("dentry") }
    let unsorted = (text.dropLast(3) + text.suffix(3).reversed()).joined(separator: "\n")
    let rest = try #require(try Slabtop(unsorted).unlisted)
    #expect(rest == 179_724_871)
  }

  @Test func `without the lines above the table nothing is known of other caches`() throws {
    let row = "30333429 30333283 99% 0.19K 1444449 21 5777796K dentry\n"
    let slabtop = try Slabtop(row)
    #expect(slabtop.caches.map(\.objects) == [30_333_429])
    #expect(slabtop.unlisted == nil)
  }

  @Test func `of two screens the last one counts`() throws {
    let later = slabtopOf4.replacing("777084 777084", with: "800000 800000")
    let slabtop = try Slabtop(slabtopOf4 + later)
    #expect(slabtop.caches.count == 4)
    #expect(slabtop.caches[1].objects == 800_000)
    #expect(slabtop.notes.count == 1)
  }

  @Test func `lines around the table are remarked`() throws {
    let slabtop = try Slabtop("# slabtop -o\n" + slabtopOf4 + "# \n")
    #expect(slabtop.caches.count == 4)
    #expect(slabtop.notes == ["13: no row of slabtop: #"])
  }
}

@Suite struct FreeTests {
  private func amounts(_ text: String) throws -> [String: Int64] {
    let lines = try Free(text).lines.map { ($0.name, $0.amount.bytes) }
    return Dictionary(lines) { first, _ in first }
  }

  @Test func `the columns are lines of meminfo`() throws {
    #expect(
      try amounts(freeOf4) == [
        "MemTotal": 25_276_063_744, "MemFree": 19_599_630_336, "Shmem": 9_166_848,
        "MemAvailable": 23_941_951_488, "used": 1_334_112_256, "buff/cache": 4_673_576_960,
        "SwapTotal": 2_147_479_552, "SwapFree": 2_146_430_976,
      ])
  }

  @Test func `the layout up to 3_3_9 has buffers and cached apart`() throws {
    let lines = try amounts(freeOf3)
    #expect(lines["MemTotal"] == 67_529_342_976)
    #expect(lines["Buffers"] == 33_794_555_904)
    #expect(lines["Cached"] == 354_418_688)
    #expect(lines["Shmem"] == nil)
    #expect(lines["MemAvailable"] == nil)
  }

  @Test(
    arguments: [
      ("15 15 0 0 2 0", "", 1_073_741_824), ("7821 2100 300 10 5400 5300", "", 1_048_576),
      ("503024 120320 40004 1000 342700 360004", "", 1024),
      ("25276063744 1334112256 19599630336 9166848 4673576960 23941951488", "", 1),
      ("487 121 40 1 325 350", "$ free -m\n", 1_048_576),
      ("64 12 40 1 11 50", "# free -wg\n", 1_073_741_824),
      ("487 121 40 1 325 350", "$ free --mega\n", 1_000_000),
      ("487 121 40 1 325 350", "$ free -m --si\n", 1_000_000),
    ] as [(String, String, Int64)])
  func `the unit is told by the command or the numbers`(row: String, command: String, unit: Int64)
    throws
  {
    let text = command + "  total  used  free  shared  buff/cache  available\nMem: \(row)\n"
    let total = try #require(row.split(separator: " ").first.flatMap { Int64($0) })
    #expect(try amounts(text)["MemTotal"] == total * unit)
  }

  @Test(arguments: ["# free\n", "$ free | head\n", "_root@box:~# free\n", "free\n", "$ free -t\n"])
  func `free without a unit prints KiB, whatever the numbers are`(command: String) throws {
    let text = command + " total used free shared buffers\nMem: 254548 217692 36856 22944 10528\n"
    #expect(try Free(text).lines.first?.amount.bytes == 254_548 << 10)
  }

  @Test func `a word of prose is no command`() {
    let text = "free memory is low\n total used free\nMem: 487 121 40\n"
    #expect(throws: ParseError.self) { try Free(text) }
  }

  @Test func `all rows tell that free prints KiB`() throws {
    let text = """
                   total         used         free       shared      buffers
      Mem:        254548       217692        36856        22944        10528
      -/+ buffers:             207164        47384

      """
    #expect(try Free(text).lines.first?.amount.bytes == 254_548 << 10)
  }

  @Test func `columns without a heading are told by the rows`() throws {
    let old = "Mem:  16062  12391  3671  0  0  43\n-/+ buffers/cache:  12347  3714\nSwap: 0 0 0\n"
    let before = try Free(old).lines
    #expect(before.first { $0.name == "Cached" }?.amount.bytes == 43 << 20)
    #expect(before.first { $0.name == "MemFree" }?.amount.bytes == 3671 << 20)
    let new = "Mem:  24105  1272  18691  8  4141  22833\nSwap: 0 0 0\n"
    #expect(try Free(new).lines.first { $0.name == "MemAvailable" }?.amount.bytes == 22833 << 20)
    let other = "Mem:  24105  9272  18691  8  4141  22833\n"
    #expect(try Free(other).lines.map(\.name) == ["MemTotal"])
  }

  @Test func `numbers that may be of two units are refused with what to do`() {
    let text = "  total  used  free  shared  buff/cache  available\nMem: 487 121 40 1 325 351\n"
    let error = #expect(throws: ParseError.self) { try Free(text) }
    #expect(error?.line == 2)
    #expect(error?.reason.contains("$ free -m") == true)
  }

  @Test func `whole GiB may be off by one`() throws {
    let free = try Free("$ free -g\n total used free\nMem: 251 200 10\n")
    #expect(free.lines.map(\.amount.error) == [1_073_741_824, 1_073_741_824, 1_073_741_824])
  }

  @Test func `readable amounts have units of their own`() throws {
    let text = """
            total   used    free   shared  buff/cache  available
      Mem:    15G   3.7G    641M     222M         11G        11G
      Swap:   15G   194M     15G

      """
    let lines = try amounts(text)
    #expect(lines["MemFree"] == 672_137_216)
    #expect(lines["used"] == 3_972_844_748)
  }
}

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
