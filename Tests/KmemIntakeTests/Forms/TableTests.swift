import KmemIntake
import Testing

@Suite("Tables of several moments")
struct TableTests {
  private func mended(_ text: String) -> Intake {
    TextMender.mended(Array(text.utf8)).map { intake($0.text) } ?? intake(text)
  }

  @Test(
    "A column for each moment becomes a moment with its title",
    arguments: [
      """
      Name              Before       After
      MemTotal:       16384000    16384000 kB
      MemFree:        12000000     8000000 kB
      SUnreclaim:       200000     4200000 kB

      """,
      """
      | Field | Before | After |
      |---|---|---|
      | MemTotal | 16384000 kB | 16384000 kB |
      | MemFree | 12000000 kB | 8000000 kB |
      | **SUnreclaim** | 200,000 kB | 4,200,000 kB |

      """,
      """
      Name before after diff
      MemTotal 16384000 16384000 0
      MemFree 12000000 8000000 4000000
      SUnreclaim 200000 4200000 4000000

      """,
    ])
  func columns(text: String) {
    let found = mended(text)
    #expect(found.count == 2)
    #expect(found.text(1).contains("SUnreclaim:") && found.text(1).contains(" 200000 kB"))
    #expect(found.text(2).contains(" 4200000 kB") && !found.text(2).contains(" 200000 kB"))
    #expect(found[2]?.moment.heading?.lowercased() == "after")
  }

  @Test("Columns of nodes and their sum are no moments")
  func nodes() {
    let found = mended(
      """
                     Node 0  Node 1   Total
      MemTotal        64044   64508  128552
      MemFree         14044   24508   38552
      MemUsed         50000   40000   90000

      """)
    #expect(found.count < 2)
  }

  @Test("A row for each moment becomes one, with the marks of thousands that it has")
  func rows() {
    let found = mended(
      """
      Time | MemAvailable | SUnreclaim
      -- | -- | --
      00:45 | 90.720 kB | 16.244 kB
      03:00 | 72.940 kB | 16.572 kB
      06:30 | 71.440 kB | 17.368 kB

      """)
    #expect(found.count == 3)
    #expect(found.text(3) == "MemAvailable: 71440 kB\nSUnreclaim: 17368 kB\n")
    #expect(found[3].flatMap { $0.clock } == found[1].flatMap { $0.clock }.map { $0 + 20700 })
  }

  @Test("Prose that names lines of meminfo is no table")
  func prose() {
    let text = "we looked at MemFree, Slab and SUnreclaim\nand 1, 2, 3 and 4\nor 5, 6, 7 and 8\n"
    #expect(TextMender.mended(Array(text.utf8)) == nil)
  }
}
