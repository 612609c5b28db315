import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct SlabUsageTests {
  private func usage(_ rows: String..., links: [String: String] = [:]) throws -> SlabUsage {
    let text = "slabinfo - version: 2.1\n" + rows.map { $0 + "\n" }.joined()
    var capture = Capture(typed: ["proc/slabinfo": text])
    for (name, id) in links { capture.links["sys/kernel/slab/\(name)"] = id }
    return try #require(SlabUsage(Snapshot(capture)))
  }

  private let tcp = "TCP 500 520 2368 27 16 : tunables 0 0 0 : slabdata 20 20 0"
  private let smallTCP = "TCP 70 81 2000 27 16 : tunables 0 0 0 : slabdata 3 3 0"
  private let dentry = "dentry 900 1000 192 21 1 : tunables 0 0 0 : slabdata 48 48 0"

  @Test func `a cache holds its slabs' pages`() throws {
    let cache = try #require(try usage(dentry).caches.first)
    #expect(cache.bytes == 48 * 4096)
    #expect(cache.slabs == 48)
    #expect(cache.objects == 1000)
    #expect(cache.activeObjects == 900)
  }

  @Test func `rows that share a name are one cache`() throws {
    let usage = try usage(tcp, dentry, smallTCP)
    let cache = try #require(usage.caches.first { $0.name == "TCP" })
    #expect(usage.caches.count == 2)
    #expect(cache.rows == 2)
    #expect(cache.bytes == 23 * 16 * 4096)
    #expect(cache.objects == 601)
    #expect(cache.activeObjects == 570)
    #expect(cache.objectSize == 2368)
    #expect(usage.bytes == 23 * 16 * 4096 + 48 * 4096)
  }

  @Test func `the largest cache comes first, names decide among equals`() throws {
    let usage = try usage(
      dentry, tcp, "aaa 1 1 8 512 1 : tunables 0 0 0 : slabdata 48 48 0")
    #expect(usage.caches.map(\.name) == ["TCP", "aaa", "dentry"])
  }

  @Test func `numbers that no machine can have are left out by name`() throws {
    let usage = try usage(
      dentry, "huge 1 1 8 1 4 : tunables 0 0 0 : slabdata 1 9223372036854775807 0")
    #expect(usage.impossible == ["huge"])
    #expect(usage.caches.map(\.name) == ["dentry"])
    #expect(usage.bytes == 48 * 4096)
  }

  @Test func `a sum that overflows leaves the row out and keeps the first`() throws {
    let most = "x 1 1 8 1 1 : tunables 0 0 0 : slabdata 1 2000000000000000 0"
    let usage = try usage(most, most)
    #expect(usage.impossible == ["x"])
    #expect(usage.caches.first?.rows == 1)
  }

  @Test func `more objects in use than there are is a race of the counters`() throws {
    let usage = try usage("x 12 10 8 10 1 : tunables 0 0 0 : slabdata 1 1 0")
    #expect(usage.caches.first?.activeObjects == 10)
  }

  @Test func `merged caches are a set of names`() throws {
    let links = ["dentry": ":a-0000192", "other_cache": ":a-0000192", "TCP": ":0002368"]
    let usage = try usage(dentry, tcp, links: links)
    #expect(usage.caches.first { $0.name == "dentry" }?.aliases == ["other_cache"])
    #expect(usage.caches.first { $0.name == "dentry" }?.isReclaimable == true)
    #expect(usage.caches.first { $0.name == "TCP" }?.aliases == [])
  }

  @Test func `the real guest's caches sum to Slab but for large kmalloc`() throws {
    for name in ["captures/6.18-guest-before", "captures/6.18-guest-after"] {
      let snapshot = try Fixture.snapshot(name)
      let slab = try #require(snapshot.meminfo.value?[.slab]?.bytes)
      let usage = try #require(SlabUsage(snapshot))
      #expect(abs(slab - usage.bytes) < slab / 20, "\(name): \(slab - usage.bytes)")
    }
  }

  @Test func `kmemleak's own records are instrumentation`() throws {
    let usage = try #require(SlabUsage(try Fixture.snapshot("synthetic/6.12-allocinfo-after")))
    let cache = usage.caches.first { $0.name == "kmemleak_object" }
    #expect(cache?.side == .debugging)
  }
}
