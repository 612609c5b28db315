import KmemTestSupport
import Testing

/// Lists of processes, mappings and containers, and sums of memory, as strangers paste them, through the
/// whole program.
@Suite struct PastedListingsTests {
  private func show(_ text: String) throws -> Program.Result {
    try Program().run("show", "-", input: Array(text.utf8), user: .whoeverTests)
  }

  private static let pmap = """
    4711:   /usr/bin/server --web
    Address           Kbytes     RSS   Dirty Mode  Mapping
    0000000000400000   14560    7944       0 r-x-- server (deleted)
    000000c000000000 2779520 1599484 1599484 rw---   [ anon ]
    00007fa453c6f000       4       0       0 -----   [ anon ]

    """

  @Test func `the mapping of pmap that holds most is named with its process`() throws {
    let shown = try show("$ pmap -x 4711\n" + Self.pmap)
    #expect(
      shown.lastLine.contains(
        "the 3 mappings listed of server (pid 4711) have 1.5 GiB in memory, most of it [ anon ] at "
          + "c000000000 with 1.5 GiB"), "\(shown.output)")
    let whole = try show(Self.pmap + "total kB         2794084 1618196 1599484\n")
    #expect(whole.lastLine.contains("server (pid 4711) has 1.5 GiB"), "\(whole.lastLine)")
    let cut = try show(Self.pmap + "00007fa453c70000  1820")
    #expect(cut.lastLine.contains("1.5 GiB"), "\(cut.errors)")
  }

  private static let heap = """
    02416000-028c8000 rw-p 00000000 00:00 0                                  [heap]
    Size:               4808 kB
    Rss:                4732 kB
    Pss:                4732 kB
    Private_Clean:         0 kB
    Private_Dirty:      4732 kB
    Swap:                  0 kB

    """

  @Test func `smaps may be cut at both ends`() throws {
    let shown = try show("The heap grows:\n" + Self.heap)
    #expect(
      shown.lastLine.contains(
        "the mapping listed of a process has 4.6 MiB in memory, most of it [heap] at 2416000"),
      "\(shown.output)")
    let beheaded = "Rss:    2048 kB\nPss:    1024 kB\n" + Self.heap + "028c8000-02a"
    #expect(try show(beheaded).lastLine.contains("2 mappings listed of a process have 6.6 MiB"))
  }

  @Test func `each rollup is a process, whose memory others may share`() throws {
    let rollup =
      "55def7fa4000-7fff73114000 ---p 00000000 00:00 0                          [rollup]\n"
    let text = [70_652, 78_512].map {
      rollup + "Rss:               \($0) kB\nPss:               35558 kB\n---\n"
    }
    let shown = try show("== php-fpm ==\n" + text.joined())
    #expect(
      shown.lastLine.contains("the 2 processes listed have at most 145.7 MiB"), "\(shown.output)")
  }

  private static let docker = """
    CONTAINER ID   NAME   CPU %   MEM USAGE / LIMIT     MEM %   NET I/O         BLOCK I/O     PIDS
    5818fcc14d19   web    0.22%   120.5MiB / 7.6GiB     1.55%   2.3kB / 648B    29MB / 0B     12
    8644ec23750c   db     1.10%   1.25GiB / 7.6GiB      16.4%   1.6kB / 648B    11MB / 0B     31

    """

  @Test func `the container that holds most is named`() throws {
    let shown = try show("$ docker stats\n" + Self.docker)
    #expect(
      shown.lastLine.contains("the 2 containers listed have 1.4 GiB, most of it db with 1.3 GiB"),
      "\(shown.output)")
    let old = """
      CONTAINER      CPU %    MEM USAGE / LIMIT    MEM %    NET I/O              BLOCK I/O
      5818fcc14d19   0.22%    512 MB / 1.02 GB     50.0%    2.324 kB / 648 B     29.65 MB / 0 B

      """
    #expect(try show(old).lastLine.contains("the 1 container listed has 488.3 MiB: 5818fcc14d19"))
  }

  @Test func `containers without memory are a kernel that doesn't count it`() throws {
    let none = """
      CONTAINER      CPU %    MEM USAGE / LIMIT    MEM %    NET I/O              BLOCK I/O
      5818fcc14d19   0.22%    0 B / 1.02 GB        0.00%    2.324 kB / 648 B     29.65 MB / 0 B

      """
    let shown = try show(none)
    #expect(shown.status == 65 && shown.errors.contains("cgroup_enable=memory"), "\(shown.errors)")
  }

  @Test func `the pod that holds most is named`() throws {
    let pods = """
      NAMESPACE   NAME                  CPU(cores)   MEMORY(bytes)
      prod        web-7d4b9c6f5-x2k8p   12m          512Mi
      prod        db-0                  150m         2Gi

      """
    #expect(try show(pods).lastLine.contains("2.5 GiB, most of it db-0 with 2.0 GiB"))
  }

  @Test func `the sums of xsos are those of meminfo`() throws {
    let text = """
      MEMORY
        RAM:
          31.5 GiB total ram
          31.1 GiB (99%) used
          24.3 GiB (77%) used excluding Buffers/Cached

      """
    let shown = try show(text)
    #expect(shown.lastLine.contains("7.2 GiB of 31.5 GiB are free or page cache"))
    #expect(shown.output.contains("by xsos: 31.1 GiB used"))
  }

  private static let free = """
                   total        used        free      shared  buff/cache   available
    Mem:           31966       10870        9147        1572       14146       21095
    Swap:           2047         137        1910

    """

  @Test func `a healthy free loses no memory, and is told as meminfo cut behind MemAvailable`()
    throws
  {
    let shown = try show("$ free -m\n" + Self.free)
    let calm = "memory isn't short: 20.6 GiB of 31.2 GiB are available"
    #expect(shown.lastLine.contains(calm), "\(shown.lastLine)")
    #expect(!shown.output.contains("in no class") && !shown.output.contains("unknown"))
    #expect(shown.output.contains("10.6 GiB used, 13.8 GiB buffers and cache"))
    let meminfo = "MemTotal: 32733184 kB\nMemFree: 9366528 kB\nMemAvailable: 21601280 kB\n"
    let cut = try show("root@box:~# cat /proc/meminfo\n" + meminfo)
    #expect(!cut.output.contains("root@box has a value"), "\(cut.output)")
    #expect(cut.lastLine.contains(calm), "\(cut.lastLine)")
    #expect(!cut.output.contains("in no class"))
  }

  @Test func `prose with the words of free's titles isn't its heading`() throws {
    let text = """
       1. • > free -m total used free shared buff/cache available

          Mem: 31372 10740 8444 596 13234 20631 Swap: 2454 0 2454 • used + free != total ? (why)

      """
    #expect(try show(text).lastLine.contains("20.1 GiB of 30.6 GiB are available"))
  }

  @Test func `what a tool leaves out isn't said to be unprinted by the kernel`() throws {
    let text = "$ free -m\n" + Self.free
    let all = try Program().run(
      "show", "-v", "-", input: Array(text.utf8), user: .whoeverTests)
    #expect(all.output.contains("not in this text"), "\(all.output)")
    #expect(!all.output.contains("not printed"), "\(all.output)")
  }

  @Test func `prose around a table is one remark`() throws {
    let shown = try show("Look:\n$ free -m\n" + Self.free + "16 GB are used\nas I said\n")
    #expect(
      shown.output.contains("no row of free: Look: (and 2 lines more)"), "\(shown.output)")
  }

  @Test func `rows of top without titles are its processes, and threads are one`() throws {
    let rows = """
      Mem:    48168M total, 48015M used,   152M free,  173M buffers
      21992 root 16  0 24.2g  18g 5544 S   99 40.1 47012:06 java
      19442 root 19  0 12.1g 277m 2076 S    5  0.6 22:36.92 java

      """
    #expect(try show(rows).output.contains("most of it java (pid 21992) with 18.0 GiB"))
    let threads = """
      Threads:   3 total,   2 running,   1 sleeping,   0 stopped,   0 zombie
          PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
       298704 user      20   0 1058260  85544  84964 R  57.9   0.0   5:45.06 vcpu 1
       298703 user      20   0 1058260  85544  84964 R  56.6   0.0   5:42.44 vcpu 0

      """
    #expect(try show(threads).lastLine.contains("the 1 process listed has at most 83.5 MiB"))
  }

  @Test func `a cache's name that the paste cut is shown as cut`() throws {
    let text = """
        OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME
      2124486 2124486 100%    0.19K 101166       21    404664K dentry
      1066848 1066848 100%    0.12K  33339       32    133356K kmall
      """
    let shown = try show(text)
    #expect(shown.output.contains("kmall…") && shown.output.contains("cut within the cache's name"))
    #expect(!(try show(text + "oc-128").output.contains("…")))
  }

  @Test func `arcstats without the cache's size is incomplete`() throws {
    let text = "hits 4 128964145\ndemand_data_hits 4 55140012\nmru_hits 4 3455761\n"
    #expect(try show("arcstats:\n" + text).output.contains("arcstats is cut before size"))
  }

  @Test func `slab without its caches isn't said to be in none of them`() throws {
    func moment(_ up: String, _ slab: Int) -> String {
      "$ uptime; grep -i slab /proc/meminfo\n 11:\(up):15 up \(up) min,  1 user,  load average: 0,2\n"
        + "Slab: \(slab + 90_000) kB\nSReclaimable: 90000 kB\nSUnreclaim: \(slab) kB\n"
    }
    let text = moment("10", 83_868) + moment("38", 183_868)
    let diff = try Program().run("diff", "-", input: Array(text.utf8), user: .whoeverTests)
    #expect(diff.lastLine.contains("unreclaimable slab"), "\(diff.output)\(diff.errors)")
    #expect(!diff.output.contains("kmalloc of whole pages"))
  }
}
