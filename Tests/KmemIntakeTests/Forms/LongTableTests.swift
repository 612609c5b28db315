import KmemIntake
import Testing

@Suite("Tables of moments that are longer than a block")
struct LongTableTests {
  @Test("Rows of vmstat -n go on for days below one heading")
  func vmstat() {
    let head = """
      procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
       r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st

      """
    let rows = (0..<3000).map {
      " 1  0      0 \(900_000 - $0) 104564 4564040    0    0     1     2   30   40  1  1 98  0  0\n"
    }
    #expect(mendedIntake(head + rows.joined()).count == 3000)
  }

  @Test("Rows of nmon stand far below their heading")
  func nmon() {
    let head = "MEM,Memory MB db1,memtotal,hightotal,lowtotal,swaptotal,memfree,highfree,lowfree\n"
    let rows = (1..<1500).map {
      "ZZZZ,T\($0),10:\($0 / 60 % 60):\($0 % 60),22-NOV-2026\nCPU001,T\($0),1.0,2.0,3.0,94.0\n"
        + "MEM,T\($0),16000.0,-0.0,-0.0,0.0,\(9000 - $0).0,-0.0,-0.0\n"
    }
    #expect(mendedIntake(head + rows.joined()).count == 1499)
  }

  @Test("Rows of a table that has a row for each moment go on")
  func moments() {
    let rows = (0..<4000).map { "\($0 / 60 + 10):\($0 % 60 + 10) | \(90_720 - $0) | 16244\n" }
    #expect(mendedIntake("Time | MemAvailable | SUnreclaim\n" + rows.joined()).count == 4000)
  }
}
