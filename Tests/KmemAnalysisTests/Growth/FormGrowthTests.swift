import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What two moments can say of which one or both are what tools print.
@Suite struct FormGrowthTests {
  private func moment(_ files: [String: String]) -> Snapshot {
    Snapshot(
      Capture(
        origin: "paste", kind: .file,
        sources: files.mapValues { SourceReading(outcome: .read, bytes: Array($0.utf8)) }))
  }

  private func slabtop(_ rows: String, total: String = "780000.00K", caches: Int = 235) -> Snapshot
  {
    moment([
      "text/slabtop": """
       Active / Total Caches (% used)     : 125 / \(caches) (53.2%)
       Active / Total Size (% used)       : 1.00K / \(total) (98.7%)
        OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME
      \(rows)

      """
    ])
  }

  private func slabinfo(_ rows: String) -> Snapshot {
    moment(["proc/slabinfo": "slabinfo - version: 2.1\n\(rows)\n"])
  }

  private let large = "472066 471847  99%    1.10K  33719       14    539504K ext4_inode_cache"
  private let middle = "777084 777084 100%    0.19K  37004       21    148016K kmalloc-192"
  private let small = "1280 1280 100%    0.50K      80       16       640K my_objects"

  @Test func `a cache of slabtop is compared with that of slabinfo to the page`() throws {
    let before = slabtop("\(large)\n\(middle)\n\(small)")
    let after = slabinfo(
      "kmalloc-192 981876 981876 192 21 1 : tunables 0 0 0 : slabdata 46756 46756 0")
    let growth = Growth(from: before, to: after)
    let cache = try #require(growth.caches.elements.first)
    #expect(cache.name == "kmalloc-192")
    #expect(cache.growth == 39_944_192)
    #expect(cache.objectSize == 192)
    #expect(growth.verdict.conclusion == .growing)
    #expect(growth.verdict.rounding == 0)
  }

  @Test func `of a cache that slabtop did not list the growth is the least that it can be`() throws
  {
    let before = slabtop("\(large)\n\(middle)\n\(small)")
    let after = slabinfo(
      "leaky 1024000 1024000 512 8 1 : tunables 0 0 0 : slabdata 128000 128000 0")
    let cache = try #require(Growth(from: before, to: after).caches.elements.first)
    #expect(cache.name == "leaky")
    #expect(cache.bytes == BeforeAfter(655_360, 524_288_000))
  }

  @Test func `a cache that may have been there unlisted has no growth`() {
    let before = slabtop("\(large)\n\(middle)\n\(small)")
    let after = slabinfo("leaky 1280 1280 512 8 1 : tunables 0 0 0 : slabdata 160 160 0")
    let names = Growth(from: before, to: after).caches.elements.map(\.name)
    #expect(!names.contains("leaky"))
  }

  @Test func `without the lines above the table an unlisted cache is unknown`() {
    let before = moment(["text/slabtop": large + "\n"])
    let after = slabinfo(
      "leaky 1024000 1024000 512 8 1 : tunables 0 0 0 : slabdata 128000 128000 0")
    #expect(!Growth(from: before, to: after).caches.elements.contains { $0.name == "leaky" })
  }

  @Test func `a cache that the later slabtop does not list lost nothing that is known`() {
    let before = slabinfo(
      "leaky 1024000 1024000 512 8 1 : tunables 0 0 0 : slabdata 128000 128000 0")
    let after = slabtop("\(large)\n\(middle)\n\(small)")
    #expect(!Growth(from: before, to: after).caches.elements.contains { $0.name == "leaky" })
  }

  private func free(_ shared: Int) -> Snapshot {
    moment([
      "text/free": """
      $ free -g
            total  used  free  shared  buff/cache  available
      Mem:    251   100    20  \(shared)          90        120

      """
    ])
  }

  @Test func `growth that rounding may hide is not claimed`() {
    let growth = Growth(from: free(3), to: free(5))
    #expect(growth.verdict.rounding >= 2_147_483_648)
    #expect(growth.verdict.floor > 2_147_483_648)
    #expect(growth.verdict.grown.isEmpty)
    #expect(growth.verdict.conclusion == .notEnough)
  }

  @Test func `growth beyond rounding is claimed`() {
    let growth = Growth(from: free(3), to: free(30))
    #expect(growth[.shmem] == 28_991_029_248)
    #expect(growth.verdict.grown == [.heldForUserSpace])
    #expect(growth.classes.first { $0.memoryClass == .shmem }?.rounding == 2_147_483_648)
  }

  @Test func `single lines within rounding are left out`() {
    #expect(Growth(from: free(3), to: free(5)).lines.isEmpty)
    #expect(Growth(from: free(3), to: free(30)).lines.map(\.name) == ["Shmem"])
  }

  @Test func `readable sizes of allocinfo have no growth within their rounding`() {
    func sites(_ size: String) -> Snapshot {
      moment(["proc/allocinfo": "\(size) 100 mm/slub.c:3075 func:alloc_slab_page\n"])
    }
    #expect(Growth(from: sites("2.8M"), to: sites("2.9M")).allocationSites.elements.isEmpty)
    #expect(Growth(from: sites("2.8M"), to: sites("3.9M")).allocationSites.elements.count == 1)
  }

  @Test func `little that is available is no finding where rounding may hide more`() {
    func available(_ gibibytes: Int) -> [Finding.Rule] {
      let text = "$ free -g\n total used free available\nMem: 40 30 0 \(gibibytes)\n"
      return Health(moment(["text/free": text])).findings.map(\.rule)
    }
    #expect(!available(1).contains(.available))
    #expect(available(0).contains(.available))
  }

  @Test func `the kernel's own files count before what tools print of them`() {
    let both = moment([
      "proc/meminfo": MeminfoText.balanced(),
      "text/free": "$ free -k\ntotal used free\nMem: 9 9 9\n",
    ])
    #expect(both.standIns.isEmpty)
    #expect(both.meminfo.value?[.memTotal]?.value == 1_000_000)
  }
}
