import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct BooksTests {
  private func books(
    _ changes: [String: Int] = [:], _ files: [String: String] = [:]
  ) throws -> Books {
    let meminfo = ["proc/meminfo": MeminfoText.balanced(changes)]
    return try #require(Books(Snapshot(typed: meminfo.merging(files) { _, file in file })))
  }

  private func kibibytes(_ memoryClass: MemoryClass, _ books: Books) -> Int64? {
    books[memoryClass]?.bytes.map { $0 / 1024 }
  }

  @Test func `what is in no class is what is left`() throws {
    #expect(kibibytes(.unaccounted, try books()) == 159_000)
  }

  @Test func `counting more than there is shows below zero, never as zero`() throws {
    #expect(
      kibibytes(.unaccounted, try books(["AnonPages": 100_000, "Active": 350_000])) == -41000)
  }

  @Test func `there are no books without a MemTotal`() {
    #expect(Books(Snapshot(typed: ["proc/meminfo": "MemFree: 10 kB\n"])) == nil)
    #expect(Books(Snapshot(typed: ["proc/meminfo": "MemTotal: 0 kB\n"])) == nil)
    #expect(Books(Snapshot(typed: ["proc/vmstat": "nr_free_pages 1\n"])) == nil)
  }

  @Test func `a class that isn't printed has no amount and isn't zero`() throws {
    let line = try books()[.perCpuFreeLists]
    #expect(line?.bytes == nil)
    #expect(line?.missing == .source(Missing(.absent)))
    let bare = try #require(Books(Snapshot(typed: ["proc/meminfo": "MemTotal: 1000 kB\n"])))
    for memoryClass in [MemoryClass.free, .anonymous, .slabUnreclaimable, .kernelStacks, .percpu] {
      #expect(bare[memoryClass].flatMap(\.bytes) == nil, "\(memoryClass)")
    }
    #expect(bare[.unaccounted]?.bytes == Int64(1000) * 1024)
  }

  @Test func `shmem is counted once, though Cached holds it too`() throws {
    let more = try books(["Shmem": 50000])
    #expect(kibibytes(.shmem, more) == 50000)
    #expect(kibibytes(.pageCache, more) == 160_000)
    #expect(kibibytes(.unaccounted, more) == 159_000)
  }

  @Test func `swap cache is on the LRU lists and in no other class`() throws {
    let more = try books(["SwapCached": 30000, "Active": 180_000])
    #expect(kibibytes(.lruInTransit, more) == 30000)
    #expect(kibibytes(.unaccounted, more) == 129_000)
  }

  @Test func `memory for CMA is a part of what is free`() throws {
    let files = ["proc/meminfo": MeminfoText.balanced() + "CmaTotal: 65536 kB\nCmaFree: 60000 kB\n"]
    #expect(kibibytes(.unaccounted, try books([:], files)) == 159_000)
  }

  @Test func `a balloon is outside MemTotal and isn't subtracted`() throws {
    let files = ["proc/meminfo": MeminfoText.balanced() + "Balloon: 50000 kB\n"]
    let books = try books([:], files)
    #expect(kibibytes(.unaccounted, books) == 159_000)
    #expect(books.notes.contains(.balloon(bytes: 50000 * 1024)))
  }

  @Test func `pages on per-CPU lists are a class of their own`() throws {
    let books = try books([:], ["proc/zoneinfo": zoneinfo(free: 100_000)])
    #expect(kibibytes(.perCpuFreeLists, books) == 6000)
    #expect(kibibytes(.unaccounted, books) == 153_000)
  }

  @Test func `pages that leave a per-CPU list between two files are counted once`() throws {
    for moved in [946, -946] {
      let books = try books([:], ["proc/zoneinfo": zoneinfo(free: 100_000 + moved)])
      #expect(kibibytes(.perCpuFreeLists, books) == 6000 + Int64(4 * moved))
    }
  }

  @Test func `files of different moments tell nothing of pages that moved`() throws {
    let books = try books([:], ["proc/zoneinfo": zoneinfo(free: 101_501)])
    #expect(kibibytes(.perCpuFreeLists, books) == 6000)
  }

  private func zoneinfo(free pages: Int) -> String {
    """
    Node 0, zone   Normal
      pages free     \(pages)
            min      1
            low      2
            high     3
            present  250000
            managed  250000
      pagesets
        cpu: 0
                  count: 1000
                  high:  2000
                  batch: 63
        cpu: 1
                  count: 500
                  high:  2000
                  batch: 63

    """
  }

  @Test func `slab that isn't taken apart is one class and the other is unknown`() throws {
    let text = "MemTotal: 1000 kB\nMemFree: 500 kB\nSlab: 200 kB\n"
    let books = try #require(Books(Snapshot(typed: ["proc/meminfo": text])))
    #expect(kibibytes(.slabUnreclaimable, books) == 200)
    #expect(books[.slabReclaimable]?.bytes == nil)
  }

  @Test func `Hugetlb counts pages of all sizes and is preferred`() throws {
    let changes = ["HugePages_Total": 2, "Hugetlb": 1_056_768]
    #expect(kibibytes(.hugePages, try books(changes)) == 1_056_768)
  }
}
