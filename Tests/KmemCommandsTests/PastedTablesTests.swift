import KmemTestSupport
import Testing

/// Tables of other tools as strangers paste them, through the whole program.
@Suite struct PastedTablesTests {
  private func run(_ verb: String, _ text: String) throws -> Program.Result {
    try Program().run(verb, "-", input: Array(text.utf8), user: .whoeverTests)
  }

  private static let vmstat = """
    procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
     r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st

    """

  @Test func `each row of vmstat is a moment, at its time`() throws {
    let result = try run(
      "diff",
      "$ vmstat -t 5\n" + Self.vmstat + """
         36  0   4528 22659696 236028 74464608    0    0   374 60698 225848 166357 32  5 63  1  0 2026-04-12 18:16:32
         48  0   4528 20589512 236404 76612560    0    0   355 79354 170932 1695 31  4 65  1  0 2026-04-12 18:17:23

        """)
    #expect(result.lastLine.contains("cache +2.0 GiB"), "\(result.lastLine)")
    #expect(result.output.contains("in 51 s"), "\(result.output)")
    let shown = try run("show", Self.vmstat + " 1 0 0 244892 4128 73496 0 0 1 6 4 6 0 0 9 1 0\n")
    #expect(shown.status == 0 && shown.lastLine.contains("239.2 MiB"), "\(shown.lastLine)")
  }

  @Test func `rows of vmstat are counted in the unit that the command asks for`() throws {
    let shown = try run(
      "show", "# vmstat -S M 5\n\(Self.vmstat) 1 0 0 2048 41 73 0 0 1 6 4 6 0 0 9 1 0\n")
    #expect(shown.lastLine.contains("2.0 GiB"), "\(shown.lastLine)")
  }

  @Test func `rows of vmstat give way to meminfo beside them`() throws {
    let shown = try run(
      "show",
      Self.vmstat + " 1 0 0 244892 4128 73496 0 0 1 6 4 6 0 0 9 1 0\n"
        + "MemTotal: 1000000 kB\nMemFree: 244892 kB\nSUnreclaim: 400000 kB\n")
    #expect(shown.lastLine.contains("unreclaimable slab holds 390.6 MiB"), "\(shown.lastLine)")
    #expect(!shown.errors.contains("moments"))
  }

  private static let nmon = """
    AAA,host,db1
    MEM,Memory MB db1,memtotal,hightotal,lowtotal,swaptotal,memfree,highfree,lowfree,swapfree,memshared,cached,active,bigfree,buffers,swapcached,inactive
    ZZZZ,T0001,10:00:01,22-NOV-2026
    MEM,T0001,15882.1,-0.0,-0.0,8192.0,9112.0,-0.0,-0.0,8192.0,-0.0,4012.4,3610.2,-1.0,120.2,0.0,2100.0
    ZZZZ,T0002,11:00:01,22-NOV-2026
    MEM,T0002,15882.1,-0.0,-0.0,8192.0,6012.5,-0.0,-0.0,8192.0,-0.0,4013.0,3611.9,-1.0,120.2,0.0,2100.4

    """

  @Test func `rows of nmon are moments, and what took free memory isn't called nothing`() throws {
    let result = try run("diff", Self.nmon)
    #expect(result.output.contains("in 1 h 0 min"), "\(result.output)")
    #expect(result.lastLine.contains("free memory fell by 3.0 GiB"), "\(result.lastLine)")
    #expect(!result.lastLine.contains("nothing grew"))
  }

  @Test func `the caches that ZFS keeps by itself are read`() throws {
    let shown = try run(
      "show",
      """
      --------------------- cache -------------------------------------------------------  ----- slab ------  ---- object -----
      name                                    flags      size     alloc slabsize  objsize  total alloc   max  total alloc   max
      zio_cache                             0x00020    753664    293664    16384      912     46    46  1270    782   322 21575
      zio_buf_512                           0x00020 1052508160 386351104    32768      512  32120 32120 45244  995720 754592 1402540
      dnode_t                               0x00100         -    109296        -      736      -     -     -      -   148     -
      zio_data_buf_512                      0x00020         0

      """)
    #expect(shown.lastLine.contains("zio_buf_512 holds 1003.8 MiB in 995 720 objects"))
    #expect(shown.lastLine.contains("of the caches listed"), "\(shown.lastLine)")
  }

  @Test(arguments: [
    """
    CACHE             OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE  NAME
    ffff890c47c0e800     2048      48835     58464   3654    32k  kmalloc-2048
    ffff890c47c0ec00      512          ?         ?      ?    32k  kmalloc-512
    ffff890c47c0f200      128     306533    327296   5114     8k  kmalloc-128

    """,
    """
    CACHE            NAME                 OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE
    ffff890c47c0e800 kmalloc-2048            2048      48835     58464   3654    32k
    ffff890c47c0f200 kmalloc-128              128     306533    327296   5114     8k

    """,
  ]) func `the caches that crash lists in a dump are read`(table: String) throws {
    let shown = try run("show", "crash> kmem -s\n" + table)
    #expect(shown.lastLine.contains("kmalloc-2048"), "\(shown.lastLine)")
    #expect(shown.lastLine.contains("114.2 MiB"), "\(shown.lastLine)")
  }

  @Test func `lines that are known tell more than a file's name`() throws {
    let program = try Program()
    let file = try program.home.write(
      "vmstat.txt", Array("Cache Num Total Size Pages\ndentry 12118930 12119940 192 20\n".utf8))
    let shown = try program.run("show", file, user: .whoeverTests)
    #expect(shown.status == 0 && shown.lastLine.contains("dentry"), "\(shown.errors)")
  }

  @Test func `what people name moments by is no machine`() throws {
    func moment(_ name: String, _ slab: Int) -> String {
      "\(name): MemTotal: 16384000 kB\n\(name): MemFree: 5384000 kB\n\(name): SUnreclaim: \(slab) kB\n"
    }
    let result = try run("diff", moment("patched", 200_000) + moment("stock", 4_200_000))
    #expect(result.lastLine.contains("Kernel memory grew by 3.8 GiB"), "\(result.lastLine)")
  }

  @Test func `columns of object counts are moments, of caches whose name has the size`() throws {
    let result = try run(
      "diff",
      """
      cache              before      after
      kmalloc-64         120032    4120448
      dentry             230121     231000
      skbuff_head_cache    2010       2048

      """)
    #expect(
      result.lastLine.contains("kmalloc-64 (+244.2 MiB)"), "\(result.lastLine)\(result.errors)")
    #expect(!result.output.contains("dentry"))
    let prose = "name     one    two\nalpha    1      2\nbeta     3      4\n"
    #expect(try run("show", prose).output.contains("taken for moments") == false)
  }

  @Test func `what arc_summary tells of the cache of ZFS stands for arcstats`() throws {
    let free = """
      $ free -m
                     total        used        free      shared  buff/cache   available
      Mem:          128000      111000       15500          30        1500       14500
      Swap:              0           0           0

      """
    let summaries = [
      "ARC size (current):          98.0 %   60.0 GiB\n  Min size (hard limit):  3.1 %  2.0 GiB\n",
      "ARC status:\n  Min target size:   3.1 %  2.0 GiB\n  Current size:   98.0 %   60.0 GiB\n",
      "ARC Size:\t\t12.25%\t60.00\tGiB\n\tMin Size (Hard Limit):\t0.08%\t2.00\tGiB\n",
    ]
    for summary in summaries {
      let shown = try run("show", free + "\n" + summary)
      #expect(shown.lastLine.contains("58.0 GiB (46 %) of ZFS cache"), "\(shown.lastLine)")
      #expect(shown.output.contains("arc_summary stands for /proc/spl/kstat/zfs/arcstats"))
    }
  }

  @Test func `rows of slabtop without their heading are read`() throws {
    let shown = try run(
      "show", "slabtop shows:\n300160 300048  99%    1.13K  21440       14    343040K znode_cache\n"
    )
    #expect(shown.lastLine.contains("znode_cache holds 335.0 MiB"), "\(shown.errors)")
    #expect(try run("show", "12 13 14% done, 0.06K 1 2 left\n").status == 65)
  }

  @Test func `rows of ZFS's own caches are read without their heading`() throws {
    func row(_ name: String, _ held: Int) -> String {
      "\(name)      0x00040  \(held)  7588992  2097152    86016     28    28    53    644   437  1219      0     0     0\n"
    }
    let shown = try run("show", row("zio_buf_512", 1 << 30) + row("zio_buf_86016", 58_720_256))
    #expect(shown.lastLine.contains("zio_buf_512 holds 1.0 GiB"), "\(shown.errors)")
  }

  @Test(arguments: [
    (
      "[ 38.9] Out of memory and no killable processes...\n[ 38.9] Kernel panic - not syncing: System is "
        + "deadlocked on memory\n", "out of memory, panic"
    ),
    (
      "[ 9.0] SysRq : Manual OOM execution\n[ 9.1] Kernel panic - not syncing: Out of memory: compulsory "
        + "panic_on_oom is enabled\n", "somebody asked for it (SysRq)"
    ),
  ])
  func `the last words of a kernel without memory are a report`(text: String, words: String) throws
  {
    #expect(try run("show", text).output.contains(words))
  }

  @Test func `ps is known by the titles of its columns, in any order`() throws {
    let text = """
      # ps -o pid,pcpu,rss,vsize,cmd
        PID %CPU   RSS    VSZ CMD
       7060  0.1 16576 4660552 /usr/sbin/pdns_server-instance --daemon

      """
    #expect(try run("show", text).output.contains("16.2 MiB"))
  }
}
