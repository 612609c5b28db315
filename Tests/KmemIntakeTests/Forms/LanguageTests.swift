import KmemIntake
import KmemParsers
import Testing

/// What procps prints in the user's language, as forums have it.
@Suite struct LanguageTests {
  private func mended(_ text: String) throws -> [UInt8] {
    try #require(TextMender.mended(Array(text.utf8))).text
  }

  private func bytes(_ lines: [MeminfoLine], _ key: Meminfo.Key) -> Int64? {
    lines.first { $0.name == key.rawValue }?.amount.bytes
  }

  @Test(arguments: [
    """
                  gesamt       benutzt     frei      gemns.  Puffer/Cache verfügbar
    Speicher:    16303428    14342108      523112      212340     1438208     1411320
    Swap:         2097148     2097148           0

    """,
    """
                   total       utilisé      libre     partagé tamp/cache   disponible
    Mem:        16303428    14342108      523112      212340     1438208     1411320
    Partition d'échange:     2097148     2097148           0

    """,
    """
                  total        usado       libre  compartido  búf/caché  disponible
    Memoria:   16303428    14892108      523112      212340     1438208     1411320
    Swap:       2097148     2097148           0

    """,
  ]) func `the columns of free are told by their sums`(text: String) throws {
    let mended = try mended(text)
    let lines = try Free(parsing: mended.span).lines
    #expect(bytes(lines, .memTotal) == 16_303_428 << 10)
    #expect(bytes(lines, .memAvailable) == 1_411_320 << 10)
    #expect(bytes(lines, .swapFree) == 0)
  }

  @Test func `the old table with its row of buffers is read too`() throws {
    let table = """
                   gesamt       belegt        frei   gemeinsam      Puffer      Größe
      Speicher:   8063924    7851320     212604          0     215620    4203912
      -/+ Puffer/Cache:    3431788    4632136
      Swap:      2097148          0    2097148

      """
    let mended = try mended(table)
    let lines = try Free(parsing: mended.span).lines
    #expect(bytes(lines, .cached) == 4_203_912 << 10)
    #expect(bytes(lines, .swapFree) == 2_097_148 << 10)
  }

  @Test func `the head of top and its rows are read`() throws {
    let text = """
      top - 10:12:13 up 12 days,  3:04,  2 users,  load average: 0,52, 0,58, 0,59
      Tâches: 312 total,   1 en cours, 311 en veille,   0 arrêté,   0 zombie
      %Cpu(s):  1,2 ut,  0,4 sy,  0,0 ni, 98,3 id,  0,1 wa,  0,0 hi,  0,0 si,  0,0 st
      MiB Mem :  15921,3 total,    510,9 libr,  14005,9 util,   1404,5 tamp/cache
      MiB Éch :   2048,0 total,      0,0 libr,   2048,0 util.   1378,2 dispo Mem

          PID UTIL.     PR  NI    VIRT    RES    SHR S  %CPU  %MEM    TEMPS+ COM.
         2211 mysql     20   0   14,2g  11,1g  12340 S   1,3  71,2   1024:11 mysqld

      """
    let mended = try mended(text)
    let top = try Top(parsing: mended.span)
    #expect(bytes(top.lines, .memFree).map { $0 >> 20 } == 510)
    #expect(bytes(top.lines, .memAvailable).map { $0 >> 20 } == 1378)
    #expect(top.rows.map(\.command) == ["mysqld"])
  }

  @Test func `rows of slabinfo are no table of free`() {
    let text = """
      # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>
      ext4_inode_cache 100 120 1096 29 8 : tunables 0 0 0 : slabdata 5 5 0
      dentry é 1 2 3 4 5 : tunables 5 5 0 : slabdata 0 5 0

      """
    #expect(
      TextMender.mended(Array(text.utf8))?.remarks.contains { $0.reason.contains("free") } != true)
  }

  @Test func `numbers that don't add up are no table of free`() {
    let text = """
                  één         twee     drie      vier  vijf zes
      Getallen:    16303428    14342       52      21     143     14

      """
    #expect(TextMender.mended(Array(text.utf8)) == nil)
  }
}
