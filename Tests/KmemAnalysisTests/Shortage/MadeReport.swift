@testable import KmemAnalysis
import KmemParsers

/// A report of one machine with 1,000,000 pages, in which a test changes what it is about.
struct MadeReport {
  var head = "[ 9.0] sh invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0"
  /// Pages by counter; what isn't given is 0.
  var pages: [String: Int] = [:]
  var zones = [
    "Node 0 Normal free:40000kB min:44000kB low:55000kB high:66000kB present:4000000kB "
      + "managed:4000000kB free_cma:0kB"
  ]
  var reserve = "lowmem_reserve[]: 0 0 0"
  var blocks = [
    "Node 0 Normal: 8000*4kB (UME) 1000*8kB (UM) 0*16kB 0*32kB 0*64kB 0*128kB = 40000kB"
  ]
  var cachePages = 0
  var tail: [String] = []

  private static let names = [
    "active_anon", "inactive_anon", "isolated_anon", "active_file", "inactive_file",
    "isolated_file", "unevictable", "dirty", "writeback", "slab_reclaimable", "slab_unreclaimable",
    "mapped", "shmem", "pagetables", "bounce", "free", "free_cma",
  ]

  var text: String {
    let counters = Self.names.map { "\($0):\(pages[$0] ?? 0)" }.joined(separator: " ")
    let zoneLines = zones.flatMap { ["\($0)", reserve] }
    return
      ([head, "Mem-Info:", counters] + zoneLines + blocks + [
        "\(cachePages) total pagecache pages", "Free swap  = 0kB", "Total swap = 0kB",
        "1010000 pages RAM", "10000 pages reserved",
      ] + tail).map { $0 + "\n" }.joined()
  }

  /// What is said of it.
  var verdict: ShortageVerdict? {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports.last.map { Shortage($0, origin: "log").verdict }
  }

  /// The kind of cause that is named.
  var cause: String? { verdict?.cause.id }
}
