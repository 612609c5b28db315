import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Classes of which the usual line is missing, and those that no line of meminfo has.
struct FallbackTests {
  private func books(
    _ changes: [String: UInt64] = [:], without dropped: Set<String> = [],
    _ files: [String: String] = [:]
  ) throws -> Books {
    let meminfo = ["proc/meminfo": WholeMeminfo.text(changes, without: dropped)]
    return try #require(Books(Snapshot(typed: files.merging(meminfo) { $1 })))
  }

  private let chunks = """
    0x1000-0x201000 2097152 pcpu_get_vm_areas+0x0/0x550 vmalloc
    0x401000-0x601000 2097152 pcpu_get_vm_areas+0x0/0x550 vmalloc
    0x801000-0x806000 20480 alloc_large_system_hash+0x1/0x2 pages=4 vmalloc

    """

  @Test func `per-CPU memory is at most the areas of its chunks`() throws {
    let books = try books(without: WholeMeminfo.young, ["proc/vmallocinfo": chunks])
    let line = try #require(books[.percpu])
    #expect(line.bytes == 4 << 20 && line.isUpperBound && line.origin == .percpuAreas)
    #expect(books.excess == 4 << 20)
  }

  @Test func `the kernel's own count of per-CPU memory is exact and preferred`() throws {
    let books = try books([:], ["proc/vmallocinfo": chunks])
    #expect(books[.percpu]?.bytes == 50000 << 10)
    #expect(books.excess == 0)
  }

  @Test(arguments: [
    (["Active"], [Meminfo.Key.active]), (["Inactive", "Unevictable"], [.inactive, .unevictable]),
    (["Active", "Active(anon)"], [.active]), (["AnonPages"], [.anonPages]),
  ]) func `the rest of the lists is unknown where a list is missing`(
    dropped: [String], missing: [Meminfo.Key]
  ) throws {
    let parts: Set<String> = ["Active(anon)", "Inactive(anon)", "Active(file)", "Inactive(file)"]
    let line = try books(without: parts.union(dropped))[.lruInTransit]
    #expect(line?.bytes == nil)
    #expect(line?.missing == .lines(missing))
  }

  @Test func `lists may be told by their parts`() throws {
    let changes: [String: UInt64] = ["Active(file)": 1_100_000]
    let line = try books(changes, without: ["Active", "Inactive"])[.lruInTransit]
    // 1,500,000 + 600,000 + 1,100,000 + 2,000,000 less 2,000,000 and 3,100,000.
    #expect(line?.bytes == 100_000 << 10)
  }

  @Test func `huge pages are the pools' where the kernel doesn't sum them`() throws {
    let directory = "sys/kernel/mm/hugepages/hugepages"
    let files = [
      "\(directory)-2048kB/nr_hugepages": "3\n", "\(directory)-2048kB/free_hugepages": "1\n",
      "\(directory)-1048576kB/nr_hugepages": "2\n", "\(directory)-1048576kB/free_hugepages": "0\n",
    ]
    let line = try books(without: WholeMeminfo.young, files)[.hugePages]
    #expect(line?.bytes == (3 << 21) + (2 << 30) && line?.origin == .hugePagePools)
  }

  @Test func `the cache of ZFS is its contents, and the rest of it is slab`() throws {
    let arcstats =
      "size 4 1000000000\ncompressed_size 4 1\ndata_size 4 800000000\nmetadata_size 4 100000000\n"
    let books = try books([:], ["proc/spl/kstat/zfs/arcstats": arcstats])
    #expect(books[.zfsArc]?.bytes == 900_000_000)
    #expect(books[.zfsArc]?.isUpperBound == false)
    #expect(books.notes.contains(.zfsArc(size: 1_000_000_000, pages: 900_000_000)))
  }

  @Test func `before 0_7 the cache of ZFS is vmalloc memory and isn't counted twice`() throws {
    let arcstats = "size 4 1000000000\ndata_size 4 800000000\nmetadata_size 4 100000000\n"
    let books = try books(
      [:], ["proc/spl/kstat/zfs/arcstats": arcstats, "proc/vmallocinfo": chunks])
    #expect(books[.zfsArc] == nil)
    #expect(books.notes.contains(.zfsArcInVmalloc(size: 1_000_000_000)))
  }

  @Test func `a file that has only the size of the cache of ZFS tells the most that it is`() throws
  {
    let books = try books([:], ["proc/spl/kstat/zfs/arcstats": "size 4 1000000000\n"])
    #expect(books[.zfsArc]?.isUpperBound == true)
  }

  @Test func `available memory without zones is the most that it can be`() throws {
    let text = WholeMeminfo.text([:], without: ["MemAvailable"])
    let availability = try #require(Availability(Snapshot(typed: ["proc/meminfo": text])))
    #expect(availability.isUpperBound && availability.isComputed)
    #expect(availability.bytes == (3_500_000 + 3_000_000 + 500_000) << 10)
    let filtered = WholeMeminfo.text([:], without: ["MemAvailable", "Cached", "Inactive(file)"])
    #expect(Availability(Snapshot(typed: ["proc/meminfo": filtered])) == nil)
  }
}
