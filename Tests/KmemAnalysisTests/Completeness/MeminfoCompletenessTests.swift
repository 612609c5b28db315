import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// A meminfo that was cut is told from that of a small kernel.
struct MeminfoCompletenessTests {
  /// The names of the lines of 6.12 for x86-64.
  private static let whole = """
    MemTotal MemFree MemAvailable Buffers Cached SwapCached Active Inactive Active(anon) Inactive(anon)
    Active(file) Inactive(file) Unevictable Mlocked SwapTotal SwapFree Zswap Zswapped Dirty Writeback
    AnonPages Mapped Shmem KReclaimable Slab SReclaimable SUnreclaim KernelStack PageTables SecPageTables
    NFS_Unstable Bounce WritebackTmp CommitLimit Committed_AS VmallocTotal VmallocUsed VmallocChunk Percpu
    HardwareCorrupted AnonHugePages ShmemHugePages ShmemPmdMapped FileHugePages FilePmdMapped CmaTotal
    CmaFree Unaccepted HugePages_Total HugePages_Free HugePages_Rsvd HugePages_Surp Hugepagesize Hugetlb
    DirectMap4k DirectMap2M
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  private func completeness(
    _ names: [String], version: String? = nil, vmalloc: UInt64 = 34_359_738_367
  ) throws -> MeminfoCompleteness {
    let text = names.map { name in
      let value = name == "VmallocTotal" ? vmalloc : 1000
      return "\(name): \(value)\(name.hasPrefix("HugePages_") ? "" : " kB")\n"
    }.joined()
    let meminfo = try Meminfo(parsing: Array(text.utf8).span)
    return MeminfoCompleteness(
      meminfo, version: version.flatMap { KernelVersion(release: $0) })
  }

  @Test func `a whole file is whole`() throws {
    let found = try completeness(Self.whole)
    #expect(found.extent == .whole)
    #expect(found.lost == [] && found.missed == [])
  }

  @Test func `a file for x86-64 that ends anywhere is known to be cut`() throws {
    for count in 1..<Self.whole.count - 1 {
      let found = try completeness(Array(Self.whole.prefix(count)))
      #expect(found.extent == .cut(after: Self.whole[count - 1]))
    }
  }

  @Test func `lines that every kernel prints are missed in the middle too`() throws {
    for name in ["Cached", "Active", "AnonPages", "SUnreclaim", "PageTables", "Percpu", "Hugetlb"] {
      let found = try completeness(Self.whole.filter { $0 != name })
      #expect(found.extent == .excerpt)
      #expect(found.lost == [name])
      #expect(found.absence(of: name) == .lost)
    }
  }

  @Test func `a kernel for ARM without huge pages, CMA and direct map isn't cut`() throws {
    let optional = ["Huge", "Pmd", "Cma", "Direct", "Unaccepted", "HardwareCorrupted"]
    let small = Self.whole.filter { name in !optional.contains { name.contains($0) } }
    let found = try completeness(small, vmalloc: 1_040_376)
    #expect(found.extent == .whole)
    #expect(found.absence(of: .hugetlb) == .notPrinted)
  }

  @Test func `an old kernel doesn't print what is younger`() throws {
    let old = [
      "MemAvailable", "Percpu", "KReclaimable", "SecPageTables", "Hugetlb", "FileHugePages",
    ]
    let younger = old + ["FilePmdMapped", "ShmemHugePages", "ShmemPmdMapped", "Zswap", "Zswapped"]
    let names = Self.whole.filter { !younger.contains($0) }
    #expect(try completeness(names).extent == .whole)
    #expect(try completeness(names, version: "3.10.0").absence(of: .percpu) == .notPrinted)
    #expect(try completeness(names, version: "5.10.0").absence(of: .percpu) == .lost)
  }

  @Test func `the newest line tells the release where nothing else does`() throws {
    #expect(try completeness(Self.whole.filter { $0 != "Percpu" }).absence(of: .percpu) == .lost)
    // Distributions ported single lines back: 4.18 has Hugetlb and no Percpu, 4.15 the other way round.
    let ported = ["KReclaimable", "SecPageTables", "FileHugePages", "FilePmdMapped"]
    for name in ["Percpu", "Hugetlb"] {
      let names = Self.whole.filter { $0 != name && !ported.contains($0) }
      #expect(try completeness(names).lost == [])
    }
  }

  @Test func `a number that was cut before its unit is no line`() throws {
    let text = "MemTotal: 1000 kB\nMemFree: 10"
    let meminfo = try Meminfo(parsing: Array(text.utf8).span)
    let found = MeminfoCompleteness(meminfo, version: nil)
    #expect(found.extent == .cut(after: "MemTotal"))
    #expect(found.absence(of: .memFree) == .lost)
  }

  @Test func `what a cut kernel may have printed is doubtful`() throws {
    let end = try #require(Self.whole.firstIndex(of: "Percpu"))
    let found = try completeness(Array(Self.whole.prefix(end + 1)))
    #expect(found.absence(of: .hugetlb) == .doubtful)
    #expect(found.missed.contains("Hugetlb"))
    #expect(!found.isSure)
    #expect(found.absence(of: "ShadowCallStack") == .notPrinted)
  }

  @Test func `the files of nodes lack lines, and print FilePages for three of them`() throws {
    let names = ["MemTotal", "MemFree", "Active", "Inactive", "FilePages", "AnonPages", "Slab"]
    let found = try completeness(names)
    #expect(found.extent == .nodes)
    #expect(found.absence(of: .cached) == nil)
    #expect(found.absence(of: .vmallocUsed) == .lost)
  }
}
