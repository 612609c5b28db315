import KmemAnalysis
import KmemParsers
import Testing

/// Reports that were cut, joined, rate-limited or mixed: lines that are missing accuse nobody.
@Suite struct ShortageDamageTests {
  /// A report of which programs held nearly all.
  private static let programs = made(anonymous: 900_000, slab: 5000)
  /// A report of which slab held nearly all.
  private static let kernel = made(anonymous: 20_000, slab: 880_000)

  /// A report that begins with such a line.
  static func made(
    anonymous: Int, slab: Int,
    first: String = "java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0",
    comm: String = "java"
  ) -> [String] {
    [
      first, "CPU: 3 PID: 1108 Comm: \(comm) Not tainted 6.1.0 #1", "Mem-Info:",
      "active_anon:100 inactive_anon:\(anonymous) isolated_anon:0",
      " active_file:10 inactive_file:20 isolated_file:0", " unevictable:0 dirty:0 writeback:0",
      " slab_reclaimable:2000 slab_unreclaimable:\(slab)", " mapped:10 shmem:30 pagetables:3000",
      " free:10000 free_pcp:0 free_cma:0",
      "Node 0 active_anon:400kB inactive_anon:\(anonymous * 4)kB all_unreclaimable? yes",
      "Node 0 DMA32 free:40000kB min:45000kB low:50000kB high:60000kB present:3900000kB "
        + "managed:3800000kB",
      "lowmem_reserve[]: 0 0 0 0 0",
      "Node 0 DMA32: 9700*4kB (UME) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB "
        + "0*2048kB 0*4096kB = 38800kB",
      "60 total pagecache pages", "Free swap  = 0kB", "Total swap = 0kB", "975000 pages RAM",
      "25000 pages reserved",
    ]
  }

  private func cause(_ lines: [String]) -> ShortageVerdict.Cause? {
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    return MemoryReports(bytes.span).reports.last.map { Shortage($0, origin: "log").verdict.cause }
  }

  private func accusesKernel(_ cause: ShortageVerdict.Cause?) -> Bool {
    switch cause {
    case .kernel, .debugging: true
    default: false
    }
  }

  private func accusesPrograms(_ cause: ShortageVerdict.Cause?) -> Bool {
    if case .userSpace = cause { true } else { false }
  }

  @Test func `whole reports name who held memory`() {
    #expect(accusesPrograms(cause(Self.programs)) && accusesKernel(cause(Self.kernel)))
  }

  @Test func `who holds less than lines that are missing may have held is not named`() {
    let lost = [" free:", "Node 0 DMA32", " slab_reclaimable", " active_file"]
    let lines = Self.made(anonymous: 130_000, slab: 800_000)
      .filter { line in !lost.contains { line.hasPrefix($0) } }
    #expect(!accusesPrograms(cause(lines)) && !accusesKernel(cause(lines)))
  }

  @Test func `zones of which the lines are missing are none that had memory`() throws {
    var lines = Self.programs
    let zone = try #require(lines.firstIndex { $0.hasPrefix("Node 0 DMA32 free") })
    lines[zone] =
      "Node 0 DMA free:15360kB min:256kB low:320kB high:384kB present:15992kB "
      + "managed:15360kB"
    #expect(accusesPrograms(cause(lines)), "the small zone isn't what the request failed for")
    let rest = Array(lines.prefix { !$0.contains("pages RAM") })
    let bytes = Array(rest.map { $0 + "\n" }.joined().utf8)
    let report = try #require(MemoryReports(bytes.span).reports.last)
    #expect(Shortage(report, origin: "log").total == nil, "nothing tells how large the machine is")
  }

  @Test func `any run of lines that is missing accuses nobody else`() {
    for first in Self.programs.indices {
      for end in (first + 1)..<(Self.programs.count + 1) {
        var (programs, kernel) = (Self.programs, Self.kernel)
        programs.removeSubrange(first..<end)
        kernel.removeSubrange(first..<end)
        #expect(!accusesKernel(cause(programs)), "without lines \(first) to \(end)")
        #expect(!accusesPrograms(cause(kernel)), "without lines \(first) to \(end)")
      }
    }
  }

  @Test func `a report that ends anywhere accuses nobody else`() {
    let (programs, kernel) = (
      Array(Self.programs.joined(separator: "\n").utf8),
      Array(Self.kernel.joined(separator: "\n").utf8)
    )
    for end in stride(from: 1, to: min(programs.count, kernel.count), by: 3) {
      let (some, other) = (
        String(decoding: programs[..<end], as: UTF8.self),
        String(decoding: kernel[..<end], as: UTF8.self)
      )
      #expect(!accusesKernel(cause([some])), "up to byte \(end)")
      // Of a number that is cut nobody can tell.
      guard other.last?.isNumber == false else { continue }
      #expect(!accusesPrograms(cause([other])), "up to byte \(end)")
    }
  }

  @Test func `rows of tasks that a mail program broke keep their names`() {
    let lines = [
      "a invoked oom-killer: gfp_mask=0xd0, order=0",
      "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents", "oom_score_adj name",
      "[   1108]  1000  1108  1400000   890000  8614400        0             0", "java",
      "[    300]     0   300     4000      100    61440        0         -1000 udevd",
      "[    301]     0   301     4000      100    61440        0", "-1000 sshd",
    ]
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    let table = MemoryReports(bytes.span).reports.first?.tasks
    #expect(table?.largest.map(\.name) == ["java", "udevd", "sshd"])
  }
}
