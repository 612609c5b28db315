import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What is said of captures whose meminfo isn't what a kernel printed for the whole machine.
struct ContainerTests {
  private let kilobyte: Int64 = 1024

  private func health(_ files: [String: String]) -> Health {
    Health(Snapshot(capture(files)))
  }

  private func capture(_ files: [String: String]) -> Capture {
    Capture(
      origin: "typed", kind: .directory,
      sources: files.mapValues { SourceReading(outcome: .read, bytes: Array($0.utf8)) })
  }

  /// As lxcfs 4.0 prints it for a container without a limit: Slab is 0, the last lines are the host's.
  private let unlimited = """
    MemTotal:       16392000 kB
    MemFree:        14500000 kB
    Cached:          1500000 kB
    Buffers:               0 kB
    Active:           800000 kB
    Inactive:         950000 kB
    Unevictable:           0 kB
    AnonPages:        240000 kB
    Shmem:             54000 kB
    KReclaimable:     535000 kB
    Slab:                  0 kB
    SReclaimable:          0 kB
    SUnreclaim:            0 kB
    KernelStack:       19968 kB
    PageTables:        37376 kB
    Percpu:           100864 kB

    """

  @Test func `a meminfo without slab beside reclaimable memory is a container's`() throws {
    let health = health(["proc/meminfo": unlimited])
    let evidence = ContainerMeminfo.Evidence.noSlab(reclaimable: 535_000 * kilobyte)
    #expect(health.findings == [Finding(.warning, .container(evidence))])
  }

  @Test func `what a container's meminfo passes on from the host is in none of its classes`() throws
  {
    let books = try #require(health(["proc/meminfo": unlimited]).books)
    #expect(books[.kernelStacks]?.missing == .hostOnly)
    #expect(books[.percpu]?.bytes == nil)
    #expect(books[.kernelMiscReclaimable] == nil)
    #expect(books[.unaccounted]?.bytes == 142_000 * kilobyte)
  }

  @Test func `a meminfo that prints few classes accuses no driver, and misses no memory`() {
    let health = health([
      "proc/meminfo": "MemTotal: 260000000 kB\nMemFree: 119000000 kB\nMemAvailable: 127000000 kB\n"
    ])
    #expect(health.findings.isEmpty && health.isMeminfoCut && health.books?.isOfSums == true)
  }

  @Test func `a meminfo that is cut in its kernel's lines is incomplete`() throws {
    let health = health([
      "proc/meminfo": """
      MemTotal: 260000000 kB
      MemFree: 119000000 kB
      MemAvailable: 127000000 kB
      AnonPages: 9000000 kB

      """
    ])
    let finding = try #require(health.findings.first)
    #expect(finding.severity == .note && finding.rule == .incomplete)
  }

  @Test func `a zone just below its watermark is below it`() throws {
    let health = health([
      "proc/zoneinfo": """
      Node 0, zone   Normal
        pages free     10857
              min      8678
              low      10858
              high     13038
              spanned  1048576
              present  1048576
              managed  1031000

      """
    ])
    let zone = Finding.Kind.zone(
      name: "0 Normal", below: .low, free: 10857 * 4096, freeCMA: 0, mark: 10858 * 4096)
    #expect(health.findings.first == Finding(.warning, zone))
  }

  @Test(arguments: [
    ("", ZoneHealth.Level.ample), ("nr_free_cma  0", .ample), ("nr_free_cma  19900", .belowMin),
    ("nr_free_cma  19200", .belowLow), ("nr_free_cma  99999", .belowMin),
  ]) func `pages that are free in CMA don't fill a zone`(counter: String, level: ZoneHealth.Level) {
    let health = health([
      "proc/zoneinfo": """
      Node 0, zone   Normal
        pages free     20000
              min      700
              low      900
              high     1100
              spanned  200000
              present  200000
              managed  200000
            nr_free_pages 20000
            \(counter)

      """
    ])
    #expect(health.zones.map(\.level) == [level])
  }

  @Test func `the page size isn't taken from present pages where managed ones are printed`() {
    let snapshot = Snapshot(
      capture([
        "proc/meminfo": "MemTotal: 15299000 kB\n",
        "proc/zoneinfo": """
        Node 0, zone   Normal
          pages free     221000
                min      30000
                low      40000
                high     50000
                spanned  2100000
                present  2080000
                managed  2018000

        """,
      ]))
    #expect(snapshot.host.pageSize == PageSize(bytes: 4096, origin: .assumed))
  }

  @Test func `the nodes' own files stand for a meminfo that isn't there`() throws {
    let node = """
      Node 1 MemTotal:        8000 kB
      Node 1 MemFree:         1000 kB
      Node 1 Active:          4000 kB
      Node 1 Inactive:        1000 kB
      Node 1 FilePages:       3000 kB
      Node 1 AnonPages:       2000 kB
      Node 1 SUnreclaim:       500 kB
      Node 1 SReclaimable:     500 kB

      """
    let health = health([
      "sys/devices/system/node/node1/meminfo": node,
      "sys/devices/system/node/node10/meminfo": node,
    ])
    let books = try #require(health.books)
    #expect(books.total == 16000 * kilobyte)
    #expect(books[.pageCache]?.bytes == 6000 * kilobyte)
    #expect(books[.unaccounted]?.bytes == 2000 * kilobyte)
    #expect(health.moment.remarks.contains { $0.reason.hasSuffix("(node 1, 10)") })
  }
}
