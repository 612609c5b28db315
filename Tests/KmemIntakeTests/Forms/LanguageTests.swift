import KmemIntake
import KmemParsers
import Testing

/// What procps prints in the user's language, as forums have it.
@Suite struct LanguageTests {
  private func value(_ text: String, _ path: String, _ key: Meminfo.Key) throws -> Int64? {
    let read = intake(text)
    let moment = try #require(read[1]?.moment)
    let bytes = try #require(moment[path], "\(moment.sections.map(\.path))")
    let lines: [MeminfoLine] =
      path == "text/free" ? try Free(parsing: bytes.span).lines : try Top(parsing: bytes.span).lines
    return lines.first { $0.name == key.rawValue }?.amount.bytes
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
    #expect(try value(text, "text/free", .memTotal) == 16_303_428 << 10)
    #expect(try value(text, "text/free", .memAvailable) == 1_411_320 << 10)
    #expect(try value(text, "text/free", .swapFree) == 0)
  }

  @Test func `the old table with its row of buffers is read too`() throws {
    let table = """
                   gesamt       belegt        frei   gemeinsam      Puffer      Größe
      Speicher:   8063924    7851320     212604          0     215620    4203912
      -/+ Puffer/Cache:    3431788    4632136
      Swap:      2097148          0    2097148

      """
    #expect(try value(table, "text/free", .cached) == 4_203_912 << 10)
    #expect(try value(table, "text/free", .swapFree) == 2_097_148 << 10)
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
    #expect(try value(text, "text/top", .memFree) == 535_717_478)
    #expect(try value(text, "text/top", .memAvailable) == 1_445_147_443)
    let read = intake(text)
    let bytes = try #require(read[1]?.moment["text/top"])
    #expect(try Top(parsing: bytes.span).rows.map(\.command) == ["mysqld"])
  }

  @Test func `numbers that don't add up are no table of free`() {
    let text = """
                  één         twee     drie      vier  vijf zes
      Getallen:    16303428    14342       52      21     143     14

      """
    #expect(TextMender.mended(Array(text.utf8)) == nil)
  }
}
