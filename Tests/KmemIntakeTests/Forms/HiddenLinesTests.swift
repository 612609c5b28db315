import KmemIntake
import KmemParsers
import Testing

/// Lines that something hides which no kernel file is in beside them.
@Suite struct HiddenLinesTests {
  private static let report = """
    [10.0] a invoked oom-killer: gfp_mask=0x40cc0(GFP_KERNEL|__GFP_COMP), order=1, oom_score_adj=0
    [10.0] Mem-Info:
    [10.0] active_anon:60744 inactive_anon:109226 isolated_anon:0
                      slab_reclaimable:34660 slab_unreclaimable:795718
    [10.0] Unreclaimable slab info:
    [10.0] Name                      Used          Total
    [10.0] kmemleak_object      2449340KB    2449340KB
    [10.0] Out of memory: Killed process 541 (b) total-vm:4400kB
    """

  /// What `dmesg --color=always`, a pager's colours and Docker's log files make of a line.
  private static let coverings: [@Sendable (String) -> String] = [
    { "\u{1B}[32m\($0)\u{1B}[0m" },
    { line in
      guard let end = line.firstIndex(of: "]") else { return line }
      let rest = line[line.index(after: end)...]
      return "\u{1B}[32m\(line[...end])\u{1B}[0m\u{1B}[33m\(rest)\u{1B}[0m"
    },
    { #"{"log": "\#($0)\n", "stream": "stderr", "time": "2026-03-04T05:06:07Z"}"# },
  ]

  @Test(arguments: 0..<3)
  func `a report on memory reads as the plain one, whatever covers its lines`(number: Int) throws {
    let cover = Self.coverings[number]
    let covered = Self.report.split(separator: "\n").map { cover(String($0)) }
    let mended = try #require(TextMender.mended(Array(covered.joined(separator: "\n").utf8)))
    let plain = Array(Self.report.utf8)
    #expect(MemoryReports(mended.text.span) == MemoryReports(plain.span))
    #expect(MemoryReports(mended.text.span).reports.first?.slabs.map(\.name) == ["kmemleak_object"])
  }

  @Test(arguments: ["%d:", "/proc/slabinfo:", "log.1:", "%d:slabinfo:"])
  func `rows of slabinfo are found behind what grep puts before them`(prefix: String) throws {
    let lines = Short.slabinfo.split(separator: "\n").enumerated().map { number, line in
      prefix.replacing("%d", with: "\(number + 1)") + line
    }
    let mended = try #require(TextMender.mended(Array(lines.joined(separator: "\n").utf8)))
    let table = try Slabinfo(parsing: mended.text.span)
    #expect(table.caches.map(\.name) == ["kmalloc-512", "dentry"])
  }

  @Test func `a cache of a control group keeps the colon in its name`() throws {
    let row =
      "kmalloc-64(12:job) 1000 1024 64 64 1 : tunables 0 0 0 : slabdata 16 16 0\n"
    let text = Array(("slabinfo - version: 2.1\n" + row + row.replacing("-64", with: "-32")).utf8)
    let mended = TextMender.mended(text)?.text ?? text
    let table = try Slabinfo(parsing: mended.span)
    #expect(table.caches.map(\.name) == ["kmalloc-64(12:job)", "kmalloc-32(12:job)"])
  }
}
