import KmemIntake
import Testing

/// Moments in tables of processes.
@Suite struct ProcessMomentTests {
  private static let titles = "  USER  PID %CPU %MEM    VSZ   RSS TTY  STAT START   TIME COMMAND\n"

  /// Each row is a process and its resident memory.
  private func moments(_ rows: [(Int, Int)], titles: String = titles) -> [[String]] {
    let lines = rows.map {
      "  postgres \($0.0) 11.5  0.0 394696  \($0.1) ?  Rs  09:36  0:00 db: x\n"
    }
    let found = intake(titles + lines.joined())
    return (0..<found.count).map { number in
      let lines = found.text(number + 1, "text/ps").split(separator: "\n")
      #expect(lines.first?.contains("PID %CPU") == true)
      return lines.dropFirst().map { line in
        line.split(separator: " ").map(String.init).enumerated()
          .filter { [1, 5].contains($0.offset) }.map(\.element).joined(separator: ":")
      }
    }
  }

  @Test func `a process that comes again begins a moment below the same titles`() {
    #expect(moments([(7, 100), (7, 200), (7, 300)]) == [["7:100"], ["7:200"], ["7:300"]])
    #expect(
      moments([(7, 1), (8, 2), (7, 3), (9, 4), (7, 5)]) == [
        ["7:1", "8:2"], ["7:3", "9:4"], ["7:5"],
      ])
    #expect(moments([(7, 1), (7, 2), (8, 3), (8, 4)]) == [["7:1", "8:3"], ["7:2", "8:4"]])
  }

  @Test func `threads of one process begin none`() {
    #expect(moments([(7, 1), (8, 2), (8, 2), (8, 2), (9, 3)]).count == 1)
    let titles = "  USER  PID LWP %CPU %MEM    VSZ   RSS TTY STAT START COMMAND\n"
    let text = titles + "  a 7 7 0 0 9 5 ? S 09:36 x\n  a 7 8 0 0 9 5 ? S 09:36 x\n"
    #expect(intake(text + "  a 7 7 0 0 9 5 ? S 09:36 x\n").count <= 1)
  }

  @Test func `a table that comes whole again is a moment, and one of all processes too`() {
    let table =
      Self.titles + "  a 7 1.0 0.0 9 5 ? S 09:36 0:00 x\n  a 8 1.0 0.0 9 5 ? S 09:36 0:00 y\n"
    #expect(intake(table + table).count == 2)
    #expect(intake(table).count == 1)
  }

  @Test func `two tables of free are two moments, whatever their columns`() {
    let old = """
                   total       used       free     shared    buffers     cached
      Mem:       7778104    2971960    4806144          0     211756    1071092
      -/+ buffers/cache:    1689112    6088992
      Swap:      4194296          0    4194296

      """
    let new = """
                    total        used        free      shared  buff/cache   available
      Mem:        1012952      252740      158732       11108      601480      543584
      Swap:       1048572        5380     1043192

      """
    let found = intake("RHEL 6:\n\(old)RHEL 7:\n\(new)")
    #expect(found.count == 2)
    #expect(found.text(1, "text/free").contains("7778104"))
    #expect(!found.text(2, "text/free").contains("7778104"))
  }
}
