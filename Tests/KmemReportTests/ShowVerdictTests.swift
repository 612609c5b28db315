import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// What the last line of `show` says.
struct ShowVerdictTests {
  private func verdict(_ files: [String: String]) -> String {
    ShowVerdict(Health(Snapshot(typed: files))).sentence
  }

  @Test func `nothing to judge is not enough data`() {
    #expect(
      verdict(["proc/uptime": "1.0 2.0\n"]) == "Verdict: not enough data; meminfo is absent")
  }

  @Test func `meminfo without MemTotal has no books`() {
    #expect(
      verdict(["proc/meminfo": "Slab: 4000 kB\nSReclaimable: 3000 kB\n"])
        == "Verdict: not enough data; the most that the kernel has by these lines is slab, "
        + "unreclaimable with 1000.0 KiB; MemTotal isn't in meminfo: copy the whole /proc/meminfo")
  }

  @Test func `a cut file is never said to be fine`() {
    let text = "MemTotal: 1000000 kB\nMemFree: 950000 kB\nMemAvailable: 960000 kB\n"
    #expect(
      verdict(["proc/meminfo": text])
        == "Verdict: memory isn't short: 937.5 MiB of 976.6 MiB are available. Who holds the rest "
        + "isn't in it; anonymous, page cache, LRU lists, unreclaimable slab, page tables, kernel "
        + "stacks, percpu, huge pages and vmalloc are not in this file: copy the whole "
        + "/proc/meminfo")
  }

  @Test func `how much memory there is, and no more, is not enough data`() {
    let verdict = verdict(["proc/meminfo": "MemTotal: 1000000 kB\n"])
    #expect(verdict.hasPrefix("Verdict: not enough data; "))
  }

  @Test func `a critical symptom has its cause before it`() {
    let text = """
      MemTotal: 1000000 kB
      MemFree: 10000 kB
      MemAvailable: 11000 kB
      SReclaimable: 1000 kB
      SUnreclaim: 900000 kB

      """
    #expect(
      verdict(["proc/meminfo": text])
        == "Verdict: critical: unreclaimable slab holds 878.9 MiB (90 %); only 10.7 MiB of memory is "
        + "available (1.1 %)")
  }

  @Test func `one missing line is one`() {
    let names = [
      "MemTotal", "MemFree", "Buffers", "SwapCached", "Active", "Inactive", "SwapTotal", "SwapFree",
      "Dirty", "Writeback", "Mapped", "Slab", "PageTables", "Committed_AS", "VmallocTotal",
      "VmallocUsed", "VmallocChunk",
    ]
    let text = names.map { "\($0): 1000 kB\n" }.joined()
    let health = Health(Snapshot(typed: ["proc/meminfo": text]))
    #expect(health.gaps.map(\.sentence) == ["meminfo is an excerpt: Cached is missing"])
  }
}
