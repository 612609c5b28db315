import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// The books of every fixture, against amounts worked out by hand from its typed numbers.
@Suite struct BooksFixtureTests {
  /// Amounts in KiB; nothing where the class must be there without an amount.
  struct Expected: Sendable {
    let fixture: String
    let total: Int64
    let classes: [MemoryClass: Int64?]
  }

  static let expected = [
    Expected(
      fixture: "synthetic/2.6.32-slab-swap", total: 4_044_788,
      classes: [
        .free: 122_668, .perCpuFreeLists: (171 + 105 + 44 + 9) * 4, .anonymous: 1_740_000,
        .shmem: 60000, .pageCache: 960_000, .lruInTransit: 48000, .slabReclaimable: 300_000,
        .slabUnreclaimable: 500_000, .kernelStacks: 2400, .pageTables: 36000,
        .vmalloc: Int64?.none, .hugePages: 0, .bounce: 0, .writebackTemp: 0,
        .hardwareCorrupted: 0, .unaccounted: 274_404,
      ]),
    Expected(
      fixture: "synthetic/3.10-slub", total: 16_231_136,
      classes: [
        .free: 629_476, .perCpuFreeLists: (150 + 66 + 170 + 14) * 4, .anonymous: 3_190_000,
        .shmem: 110_000, .pageCache: 8_892_000, .lruInTransit: 8000,
        .hugePages: 512 * 2048, .slabReclaimable: 1_200_000, .slabUnreclaimable: 300_000,
        .kernelStacks: 9600, .vmalloc: (512 + 4 + 4 + 256) * 4, .pageTables: 60000, .bounce: 0,
        .writebackTemp: 0, .hardwareCorrupted: 0, .unaccounted: 778_780,
      ]),
    Expected(
      fixture: "synthetic/4.4-arm-highmem", total: 2_058_720,
      classes: [
        .free: 166_816, .perCpuFreeLists: (120 + 44 + 30 + 12) * 4, .anonymous: 560_000,
        .shmem: 40200, .pageCache: 999_800, .lruInTransit: 200, .slabReclaimable: 50000,
        .slabUnreclaimable: 40000, .kernelStacks: 4000, .vmalloc: Int64?.none,
        .pageTables: 12000, .bounce: 128, .writebackTemp: 0, .unaccounted: 184_752,
      ]),
    Expected(
      fixture: "synthetic/4.18-vmalloc-leak-after", total: 7_859_644,
      classes: [
        .free: 2_073_860, .perCpuFreeLists: (10 + 20 + 300 + 40) * 4, .anonymous: 1_100_000,
        .shmem: 12000, .pageCache: 4_191_000, .lruInTransit: -3000, .hugePages: 0,
        .slabReclaimable: 120_000, .slabUnreclaimable: 100_000, .kernelMiscReclaimable: 10000,
        // 500 stacks of 16 KiB lie among the areas; they are the kernel stacks.
        .kernelStacks: 8000, .vmalloc: (512 + 500 * 4 + 66 * 256) * 4 - 8000,
        .pageTables: 20000, .percpu: 4096, .bounce: 0, .writebackTemp: 0,
        .hardwareCorrupted: 0, .unaccounted: 152_576,
      ]),
    Expected(
      fixture: "synthetic/6.12-allocinfo-after", total: 2_015_360,
      classes: [
        .free: 1_629_776, .perCpuFreeLists: (1200 + 16) * 4, .anonymous: 42000, .shmem: 4000,
        .pageCache: 124_000, .lruInTransit: 0, .hugePages: 0, .slabReclaimable: 20000,
        // kmemleak's records, 850 slabs of 4 KiB, are taken out of slab; the depot is whole pages.
        .slabUnreclaimable: 28000 + 40000 + 1000 - 850 * 4, .kernelMiscReclaimable: 0,
        .instrumentation: 850 * 4 + 128, .kernelStacks: 2000, .vmalloc: 14000,
        .pageTables: 1500, .secPageTables: 0, .percpu: 1024, .bounce: 0, .writebackTemp: 0,
        .hardwareCorrupted: 0, .zspages: 25 * 4, .memoryMap: 0, .unaccounted: 102_968,
      ]),
    Expected(
      fixture: "synthetic/lxcfs-container", total: 1_048_576,
      // Only what lxcfs counts for the container is in its books; the rest is the host's.
      classes: [
        .free: 700_000, .perCpuFreeLists: Int64?.none, .anonymous: 88000, .shmem: 4000,
        .pageCache: 196_000, .lruInTransit: 2000, .hugePages: Int64?.none,
        .slabReclaimable: Int64?.none, .slabUnreclaimable: Int64?.none,
        .kernelStacks: Int64?.none, .vmalloc: Int64?.none, .pageTables: Int64?.none,
        .percpu: Int64?.none, .unaccounted: 58576,
      ]),
    Expected(
      fixture: "synthetic/6.1-numa-17-orders", total: 16_200_000,
      classes: [
        .free: 8_471_636, .perCpuFreeLists: (100 + 50 + 100 + 50 + 10 + 5) * 4,
        .anonymous: 5_020_000, .shmem: 5000, .pageCache: 805_000, .lruInTransit: 0,
        .hugePages: 1_056_768, .slabReclaimable: 60000, .slabUnreclaimable: 90000,
        .kernelMiscReclaimable: 0, .kernelStacks: 6000, .shadowCallStacks: 1500,
        .vmalloc: 50000 - 6000 - 1500, .pageTables: 9000, .secPageTables: 800, .percpu: 5000,
        .bounce: 0, .writebackTemp: 0, .hardwareCorrupted: 0, .unaccounted: 625_536,
      ]),
    Expected(
      fixture: "synthetic/6.1-arm64-64k", total: 8_128_000,
      classes: [
        .free: 1_744_768, .perCpuFreeLists: (4 + 6) * 64, .anonymous: 1_096_000, .shmem: 4032,
        .pageCache: 4_300_160, .lruInTransit: -128, .hugePages: 0, .slabReclaimable: 200_000,
        .slabUnreclaimable: 312_000, .kernelMiscReclaimable: 0, .kernelStacks: 20000,
        .vmalloc: 100_000, .pageTables: 40000, .secPageTables: 0, .percpu: 40000, .bounce: 0,
        .writebackTemp: 0, .hardwareCorrupted: 0, .unaccounted: 270_528,
      ]),
  ]

  @Test(arguments: expected) func `every class has the typed amount`(expected: Expected) throws {
    let books = try #require(Books(try Fixture.snapshot(expected.fixture)))
    #expect(books.total == expected.total * 1024)
    let found = Dictionary(uniqueKeysWithValues: books.lines.map { ($0.memoryClass, $0.bytes) })
    for (memoryClass, kibibytes) in expected.classes {
      let bytes = found[memoryClass]
      #expect(bytes != nil, "\(memoryClass) has no line")
      #expect(bytes == .some(kibibytes.map { $0 * 1024 }), "\(memoryClass)")
    }
    let others = Set(found.keys).subtracting(expected.classes.keys)
    #expect(others.isEmpty, "unexpected lines: \(others)")
  }

  @Test(arguments: Fixture.all) func `all classes together are MemTotal exactly`(name: String)
    throws
  {
    let books = try #require(Books(try Fixture.snapshot(name)))
    #expect(books.lines.reduce(0) { $0 + ($1.bytes ?? 0) } == books.total)
    #expect(Set(books.lines.map(\.memoryClass)).count == books.lines.count)
    #expect(MemorySide.allCases.reduce(0) { $0 + books.bytes($1) } == books.total)
  }

  @Test(arguments: Fixture.all) func `a class without an amount says why`(name: String) throws {
    for line in try #require(Books(try Fixture.snapshot(name))).lines {
      #expect((line.bytes == nil) == (line.missing != nil), "\(line.memoryClass)")
    }
  }

  @Test func `the real guest's rest is below one percent`() throws {
    let books = try #require(Books(try Fixture.snapshot("captures/6.18-guest-after")))
    let rest = try #require(books[.unaccounted]?.bytes)
    #expect(abs(rest) < books.total / 100)
  }
}
