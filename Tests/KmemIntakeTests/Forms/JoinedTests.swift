import KmemIntake
import Testing

@Suite("Lines that a web page put into one")
struct JoinedTests {
  /// The lines of a text, joined by single spaces.
  private func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func mended(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let found = TextMender.mended(bytes)?.text ?? bytes
    return String(decoding: found, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
  }

  @Test("Each line begins again where it began", arguments: Self.texts)
  func parted(text: String) {
    let lines = text.split(separator: "\n").map { joined(String($0)) }
    #expect(mended(joined(text)) == lines)
    #expect(
      mended("See this:\n\n" + joined(text) + "\n\nWhat now?\n")
        == ["See this:"] + lines + ["What now?"])
  }

  @Test("A meminfo that goes on behind the last row of another file is parted from it")
  func meminfoBehind() {
    let sums = "24683656 K total memory\n1049984 K active memory\n10577 forks\n"
    let meminfo = "MemTotal: 24683656 kB\nMemFree: 1024 kB\nSUnreclaim: 2048 kB\n"
    let found = mended(joined(sums + meminfo))
    #expect(found.suffix(3) == meminfo.split(separator: "\n").map { joined(String($0)) }[...])
    #expect(found.first == "24683656 K total memory")
  }

  private static let log = [
    "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", "Mem-Info:",
    "active_anon:100 inactive_anon:900000 isolated_anon:0", "Node 0 active_anon:400kB",
    "Node 0 DMA32 free:40000kB boost:0kB min:45000kB low:50000kB", "lowmem_reserve[]: 0 0 0",
    "Node 0 DMA32: 100*4kB (UME) 10*8kB = 480kB", "60 total pagecache pages",
    "Free swap = 0kB", "Total swap = 0kB", "975000 pages RAM", "25000 pages reserved",
    "[ 1108] 1000 1108 1400000 890000 8614400 0 0 java",
    "Out of memory: Killed process 1108 (java) total-vm:5600000kB, anon-rss:3560000kB",
  ]

  @Test("Lines that were glued to the next one's stamp are parted there")
  func glued() {
    let lines = Self.log.enumerated().map { "[1186.\(232_273 + $0)] \($1)" }
    #expect(mended("See this:\n\n" + lines.joined() + "\n") == ["See this:"] + lines)
  }

  private static let texts = [
    log.joined(separator: "\n"),
    log.map { "[ 1186.232273] \($0)" }.joined(separator: "\n"),
    log.map { "<4>[ 1186.232273] \($0)" }.joined(separator: "\n"),
    log.map { "[Tue Jul 29 04:00:02 2025] \($0)" }.joined(separator: "\n"),
    log.map { "Nov 22 18:40:12 db1 kernel: \($0)" }.joined(separator: "\n"),
    log.map { "2026-11-22T18:40:12+01:00 db1 kernel: [ 12.345678] \($0)" }.joined(separator: "\n"),
    """
    slabinfo - version: 2.1
    # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>
    ext4_inode_cache 100 120 1096 29 8 : tunables 0 0 0 : slabdata 5 5 0
    kmalloc-64 700 768 64 64 1 : tunables 0 0 0 : slabdata 12 12 0
    """,
    """
    Active / Total Objects (% used) : 10 / 12 (83.0%)
    OBJS ACTIVE USE OBJ SIZE SLABS OBJ/SLAB CACHE SIZE NAME
    700 640 91% 0.06K 11 64 44K kmalloc-64
    300 300 100% 1.07K 10 30 320K ext4_inode_cache
    """,
    """
    $ free -m
    total used free shared buff/cache available
    Mem: 24105 1272 18691 8 4457 22833
    Swap: 0 0 0
    """,
    """
    24683656 K total memory
    1302844 K used memory
    1049984 K active memory
    2349984 K inactive memory
    """,
    """
    USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
    root 1 0.0 0.1 168000 11000 ? Ss Nov26 0:03 /sbin/init splash
    mysql 1187 1.5 12.0 9241368 4194304 ? Ssl Nov26 9:11 /usr/sbin/mysqld
    """,
    """
    Node 0, zone DMA 1 0 0 0 2 1 1 0 1 1 3
    Node 0, zone DMA32 0 0 0 0 0 0 0 0 0 0 180
    Node 0, zone Normal 4000 2000 1000 500 250 125 62 31 15 7 300
    """,
    """
    12288 3 kernel/fork.c:311 func:alloc_thread_stack_node
    40960 5 fs/kernfs/dir.c:615 func:__kernfs_new_node
    81920 9 drivers/a/b.c:6 [drv] func:drv_dma
    """,
  ]

  @Test("A long line of a log, a report or a table that is one stays one")
  func whole() {
    let lines = [
      "Normal free:15984kB min:2876kB low:3592kB high:4312kB active_anon:66280kB inactive_anon:108kB "
        + "active_file:86240kB inactive_file:86184kB unevictable:0kB present:518144kB",
      "[ 12.345678] systemd[1]: a message about [ 1.234567] and [ 2.345678] and many words behind it",
      "Nov 22 18:40:12 db1 kernel: [ 12.345678] a message that is long and has nothing else in it",
    ]
    for line in lines { #expect(mended(line) == [line]) }
  }

  @Test("A log of many blocks in one line loses none of its lines")
  func long() {
    let lines = (0..<1600).map { "[ \($0 + 100).345678] usb 1-1: message number \($0) of many" }
    let report = Self.log.map { "[ 9000.232273] \($0)" }
    let found = mended((lines + report).joined(separator: " "))
    let lost = (lines + report).filter { line in !found.contains(line) }
    #expect(lost.isEmpty && found.count == 1614)
  }
}
