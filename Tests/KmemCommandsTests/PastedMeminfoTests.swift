import KmemTestSupport
import Testing

/// What stands for meminfo, or beside a part of it, in texts as strangers paste them.
@Suite struct PastedMeminfoTests {
  private func run(_ verb: String, _ text: String) throws -> Program.Result {
    try Program().run(verb, "-", input: Array(text.utf8), user: .whoeverTests)
  }

  @Test func `free without its heading is read beside another file`() throws {
    let shown = try run(
      "show",
      """
      $ free -m
      Mem:         16062      12391       3671          0          0         43
      -/+ buffers/cache:      12347       3714
      Swap:            0          0          0

      arcstats:
      mru_hits                        4    3455761
      size                            4    4294967296

      """)
    #expect(shown.output.contains("Memory  15.7 GiB in all"), "\(shown.output)")
    #expect(shown.output.contains("ZFS cache"))
  }

  private static let free = """
                   total       used       free     shared    buffers     cached
    Mem:     132178760  105858612   26320148   11323556     720948   35920948
    -/+ buffers/cache:   69216716   62962044
    Swap:      4200444        232    4200212

    """
  private static let other = "Slab: 547296 kB\nSReclaimable: 423956 kB\nSUnreclaim: 123340 kB\n"
  private static let own = "Cached: 34183672 kB\nSlab: 67326708 kB\nSReclaimable: 1737252 kB\n"

  @Test(arguments: [
    "\nslab is the sum of the two, so\nit is no cache, and what counts\nis only one of them:\n",
    "\n$ free && grep -E 'Slab|SRecl|Cached' /proc/meminfo\n",
  ])
  func `free above the second excerpt of meminfo is of the second moment`(between: String) throws {
    let shown = try run(
      "show", "From /proc/meminfo:\n" + Self.other + between + Self.free + Self.own)
    #expect(shown.errors.contains("2 moments"), "\(shown.errors)")
    #expect(shown.lastLine.contains("slab holds 62.6 GiB (50 %)"), "\(shown.lastLine)")
  }

  @Test func `free below each of two excerpts is of the moment above it`() throws {
    let one = Self.other + Self.free
    for between in ["", "\n", "later\n", "$ cat /proc/meminfo\n"] {
      let shown = try run("show", one + between + one)
      #expect(shown.errors.contains("2 moments"), "\(shown.errors)")
      #expect(shown.output.contains("126.1 GiB in all"), "\(shown.output)")
    }
  }

  @Test func `what free finds isn't lost where lines of meminfo stand below it`() throws {
    let free = """
      $ free -m
             total   used   free  shared  buff/cache  available
      Mem:    3182   3041    100       0          40          7
      Swap:   8191     49   8142

      """
    for lines in ["", "MemTotal: 3258832 kB\n", "MemTotal: 3258832 kB\nMemFree: 114108 kB\n"] {
      let shown = try run("show", free + (lines.isEmpty ? "" : "$ cat /proc/meminfo\n" + lines))
      #expect(shown.lastLine.contains("critical: only 7.0 MiB"), "\(shown.lastLine)")
    }
    let another = try run("show", free + "MemTotal: 16258832 kB\nMemFree: 114108 kB\n")
    #expect(!another.lastLine.contains("critical"), "\(another.lastLine)")
  }

  @Test func `the counters of vmstat tell who holds memory where meminfo isn't there`() throws {
    let text = """
      # cat /proc/vmstat
      nr_free_pages 11301711
      nr_inactive_anon 1072395
      nr_active_anon 2200003
      nr_inactive_file 378763
      nr_active_file 4583421
      nr_unevictable 0
      nr_anon_pages 3178888
      nr_file_pages 5070514
      nr_slab_reclaimable 396953
      nr_slab_unreclaimable 3164727
      nr_shmem 62206

      """
    let shown = try run("show", text)
    #expect(shown.lastLine.contains("unreclaimable slab holds 12.1 GiB"), "\(shown.lastLine)")
    #expect(shown.output.contains("nothing here tells the page size"))
    let both = try run("show", text + "$ cat /proc/meminfo\nMemTotal: 1000000 kB\nMemFree: 5 kB\n")
    #expect(!both.output.contains("12.1 GiB"), "\(both.output)")
  }

  @Test func `the sums of a process are no meminfo`() throws {
    let text = """
      # cat /proc/4321/smaps_rollup
      12c00000-7fd14f2000 ---p 00000000 00:00 0                                [rollup]
      Rss:               55656 kB
      Pss:                7071 kB
      Swap:              35232 kB
      Writeback:             0 kB
      Locked:                0 kB

      """
    #expect(!(try run("show", text).output.contains("copy the whole /proc/meminfo")))
  }
}
