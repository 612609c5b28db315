import Foundation
import KmemTestSupport
import Testing

/// Texts as strangers paste them, through the whole program.
@Suite struct PastedTextTests {
  private static let row =
    "dentry            2369308 2369325    192   21    1 : tunables    0    0    0 : slabdata 112825 112825      0\n"

  private static let moments = """
    Tue Jul 29 04:00:02 UTC 2025
    MemTotal:       16309948 kB
    MemFree:         6210640 kB
    Slab:             423660 kB
    SReclaimable:     318376 kB
    SUnreclaim:       105284 kB
    Tue Jul 29 05:00:02 UTC 2025
    MemTotal:       16309948 kB
    MemFree:         4210640 kB
    Slab:            2423660 kB
    SReclaimable:     318376 kB
    SUnreclaim:      2105284 kB
    Tue Jul 29 06:00:02 UTC 2025
    MemTotal:       16309948 kB
    MemFree:         2210640 kB
    Slab:            4423660 kB
    SReclaimable:     318376 kB
    SUnreclaim:      4105284 kB

    """

  private func run(_ verb: String, _ text: String) throws -> Program.Result {
    try Program().run(verb, "-", input: Array(text.utf8), user: .whoeverTests)
  }

  @Test func `one row alone clears nobody`() throws {
    let result = try run("show", Self.row)
    #expect(!result.lastLine.contains("nothing stands out"), "\(result.lastLine)")
    #expect(result.lastLine.contains("dentry holds 440.7 MiB in 2 369 325 objects"))
    #expect(result.lastLine.contains("one row alone proves little"))
  }

  @Test func `caches that somebody didn't pick out have not grown from nothing`() throws {
    let program = try Program()
    let later =
      Self.row
      + "kmalloc-512 900000 900000 512 8 1 : tunables 0 0 0 : slabdata 112500 112500 0\n"
    let before = try program.home.write("before.txt", Array(Self.row.utf8))
    let after = try program.home.write("after.txt", Array(later.utf8))
    let result = try program.run("diff", before, after, user: .whoeverTests)
    #expect(!result.output.contains("kmalloc-512"), "\(result.output)")
    #expect(!result.lastLine.contains("growing"))
  }

  @Test(arguments: [
    "**2467360 2467314  99%    0.12K  77105       32    308420K kmalloc-128**",
    "| kmalloc-128 | 2467314 | 2467360 | 128 | 32 | 1 | : tunables | 0 | 0 | 0 | : slabdata | 77105 | 77105 | 0 |",
    "[kmalloc-128](https://example.org/k) 2467314 2467360 128 32 1 : tunables 0 0 0 : slabdata 77105 77105 0",
  ])
  func `a row in bold, in a table or behind a link is read`(row: String) throws {
    let slabtop =
      "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME\n\(row)\n"
      + "146502 146122  99%    0.58K   5426       27     86816K inode_cache\n"
    let other = row.contains(":") ? "\(row)\n\(Self.row)" : slabtop
    let result = try run("show", other)
    #expect(result.output.contains("kmalloc-128 "), "\(result.output)")
    #expect(!result.output.contains("](") && !result.output.contains("| "))
    #expect(result.output.contains("301.2 MiB"))
  }

  @Test func `a stranger's paste with one moment is not compared with this machine`() throws {
    let program = try Program()
    for (name, text) in [
      ("row.txt", Self.row), ("host.txt", "root@elsewhere-7:~# cat /proc/slabinfo\n" + Self.row),
      (
        "free.txt",
        "$ free -m\n       total  used  free  shared  buff/cache  available\n"
          + "Mem:   24105  1272 18691       8        4457      22833\n"
      ),
    ] {
      let file = try program.home.write(name, Array(text.utf8))
      let result = try program.run("diff", file, user: .whoeverTests)
      #expect(result.status == 65 && result.output.isEmpty, "\(result.output)")
      #expect(result.errors.contains("\(name) holds one moment"), "\(result.errors)")
      #expect(result.errors.contains("\(name) now"))
      #expect(try program.run("diff", file, "now", user: .whoeverTests).status == 0)
    }
  }

  @Test func `a text that names this machine is compared with it`() throws {
    let program = try Program()
    let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
    let text = "root@\(host.split(separator: "\n")[0]):~# cat /proc/slabinfo\n" + Self.row
    let file = try program.home.write("mine.txt", Array(text.utf8))
    #expect(try program.run("diff", file, user: .whoeverTests).status == 0)
  }

  @Test func `columns of nodes are no moments, wherever the table ends`() throws {
    let meminfo = "MemTotal: 601685376 kB\nMemFree: 265489792 kB\nMemAvailable: 551693760 kB\n"
    let heading = "Per-node system memory usage (in MBs):\n"
    let total = """
                       Node 0 Node 1 Total
                       ------ ------ -----
      MemTotal           1007    988  1995
      MemFree             953    900  1854
      MemUsed              54     87   141
      Active                1     19    20
      FilePages             3     33    37
      Active(anon)          0      3     3
      Inactive(anon)        0      2     3
      Active(file)          1     17    17
      Inactive(file)        2     14    17
      Ma
      """
    let nodes = """
                       Node 0 Node 1 Node 2
                       ------ ------ ------
      MemTotal         490303  97280      0
      MemFree          161993  97272      0
      MemUsed          328310      8      0
      SwapCached            0      0      0
      Active            19574      0      0

      """
    for title in ["", heading, heading + "Token Node not in hash table.\n"] {
      for table in [total, nodes] {
        #expect(!(try run("show", title + table).errors.contains("moments")), "\(title + table)")
      }
    }
    let alone = try run("show", heading + total)
    #expect(alone.output.contains("1.8 GiB"), "\(alone.output)")
    let beside = try run("show", meminfo + "\n$ numastat -mc\n" + heading + nodes)
    #expect(beside.output.contains("253.2 GiB"), "\(beside.output)")
  }

  @Test func `a moment is named by its number, and the first is compared with the last`() throws {
    let program = try Program()
    let log = try program.home.write("hourly.log", Array(Self.moments.utf8))
    let second = try program.run("show", log + "@2", "--json", user: .whoeverTests)
    #expect(second.output.contains("\"number\" : 2") && second.output.contains("\"count\" : 3"))
    let last = try program.run("show", log, user: .whoeverTests)
    #expect(last.lastLine.contains("unreclaimable slab holds 3.9 GiB"), "\(last.lastLine)")
    let ends = try program.run("diff", log, user: .whoeverTests)
    #expect(ends.lastLine.contains("grew by 3.8 GiB in 2 h"), "\(ends.lastLine)")
    let none = try program.run("show", log + "@9", user: .whoeverTests)
    #expect(none.status != 0 && !none.errors.isEmpty)
  }

  @Test func `what is piped to the wrong verb is told the right one by a dash`() throws {
    let report = """
      unreferenced object 0xffff88804b7b5640 (size 32):
        comm "softirq", pid 0, jiffies 4310614523 (age 9737.592s)
        backtrace:
          [<000000004d300c9a>] __kmalloc+0x13c/0x330
          [<00000000a1b6664e>] generic_alloc+0x21/0xe0 [example]

      """
    let shown = try run("show", report)
    #expect(shown.status == 65 && shown.errors.contains("kmemcheck leaks -"), "\(shown.errors)")
    let leaks = try run("leaks", Self.moments)
    #expect(leaks.status == 65 && leaks.errors.contains("kmemcheck show -"), "\(leaks.errors)")
  }

  @Test(arguments: ["> ", "Nov 20 01:00:01 web1 memlog[811]: ", "```\n"])
  func `a meminfo that was quoted, logged or fenced is no report that lists nothing`(
    prefix: String
  ) throws {
    let lines = Self.moments.split(separator: "\n").dropFirst().prefix(5)
    let text =
      prefix.hasSuffix("\n")
      ? prefix + lines.joined(separator: "\n") + "\n" + prefix
      : lines.map { prefix + $0 + "\n" }.joined()
    let result = try run("leaks", text)
    #expect(result.status == 65, "\(result.output)")
    #expect(result.errors.contains("kmemcheck show -"), "\(result.errors)")
    #expect(!result.output.contains("no unreferenced object"))
  }

  @Test func `a kernel log without a word on memory in use is for leaks`() throws {
    let log = "[315003.780785] kmemleak: 265 new suspected memory leaks (see the file)\n"
    let result = try run("show", log)
    #expect(result.status == 65 && result.errors.contains("kmemcheck leaks -"), "\(result.errors)")
  }

  @Test func `a refusal is short, and says where all that is read is listed`() throws {
    let shown = try run("show", "127.0.0.1 localhost\n")
    #expect(shown.status == 65 && shown.errors.count < 300)
    for word in ["meminfo", "slabinfo", "others", "docs/inputs.md"] {
      #expect(shown.errors.contains(word), "\(shown.errors)")
    }
    let leaks = try run("leaks", "127.0.0.1 localhost\n")
    #expect(leaks.status == 65 && leaks.errors.contains("\"backtrace:\""), "\(leaks.errors)")
  }

  @Test func `a number that a title quotes from the log counts once`() throws {
    let text = """
      Unloading modules causes the message `kmemleak: 858 new suspected memory leaks (see it)`
      # from console: [ 2468.287909][ T4562] kmemleak: 858 new suspected memory leaks (see it)

      """
    let result = try run("leaks", text)
    #expect(result.status == 2 && result.lastLine.contains("858 objects"), "\(result.lastLine)")
    #expect(!result.lastLine.contains("1 716"))
  }

  @Test func `a pasted report is a baseline like the plain one`() throws {
    let program = try Program()
    let report = """
      unreferenced object 0xffff88804b7b5640 (size 32):
        comm "one", pid 7, jiffies 4310614523 (age 9737.592s)
        backtrace:
          [<000000004d300c9a>] __kmalloc+0x13c/0x330
          [<00000000a1b6664e>] generic_alloc+0x21/0xe0 [example]

      """
    let quoted = report.split(separator: "\n").map { "> > \($0)\n" }.joined()
    let plain = try program.home.write("plain.txt", Array(report.utf8))
    let mail = try program.home.write("mail.txt", Array(quoted.utf8))
    let own = try program.run("leaks", plain, "--baseline", plain, user: .whoeverTests)
    let result = try program.run("leaks", plain, "--baseline", mail, user: .whoeverTests)
    #expect(result.lastLine == own.lastLine, "\(result.output)\(result.errors)")
    #expect(result.status == own.status)
  }
}
