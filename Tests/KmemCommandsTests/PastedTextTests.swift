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
