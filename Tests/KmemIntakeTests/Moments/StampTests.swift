import KmemIntake
import Testing

/// Times that logs put before each line.
@Suite struct StampTests {
  /// What is in a text once it is mended, with the times of its lines.
  private func mended(_ text: String, pieces: Int = .max) -> Intake {
    var (mender, intake) = (TextMender(), Intake())
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + min(pieces, bytes.count))
      mender.read(
        bytes.span.extracting(start..<end), stamped: { intake.read($0, stamps: $1) })
      start = end
    }
    mender.finish(stamped: { intake.read($0, stamps: $1) })
    intake.finish()
    return intake
  }

  private func logged(_ before: [(String, String)]) -> String {
    before.map { stamp, text in
      text.split(separator: "\n").map { "\(stamp)\($0)\n" }.joined()
    }.joined()
  }

  @Test(arguments: [
    ("Nov 22 23:40:12 db1 root: ", "Nov 23 00:40:12 db1 root: "),
    ("Nov 22 23:40:12 db1 memlog[4711]: ", "Nov 23 00:40:12 db1 memlog[4790]: "),
    ("2024-11-22T23:40:12.123456Z ", "2024-11-23T00:40:12.654321Z "),
    ("2024-11-22T23:40:12.123456789Z stdout F ", "2024-11-23T00:40:12.123456789Z stdout F "),
    ("2024-11-22T23:40:12+0100 db1 root[7]: ", "2024-11-23T00:40:12+0100 db1 root[8]: "),
    ("[2024-11-22 23:40:12] ", "[2024-11-23 00:40:12] "),
    ("1732318812 ", "1732322412 "),
    ("[   12.345678] ", "[ 3612.345678] "),
    ("web-1  | 2024-11-22T23:40:12Z ", "web-1  | 2024-11-23T00:40:12Z "),
  ])
  func `are the times of moments`(first: String, second: String) {
    let text = logged([(first, Short.meminfo), (second, Short.later)])
    for pieces in [Int.max, 1, 100] {
      let found = mended(text, pieces: pieces)
      #expect(found.count == 2)
      #expect(found.text(1) == Short.meminfo && found.text(2) == Short.later)
      let clocks = (1...2).map { found[$0]?.clock ?? .nan }
      #expect((clocks[1] - clocks[0] - 3600).magnitude < 1, "\(clocks)")
    }
  }

  @Test func `order the moments of a log that was printed backwards`() {
    let text = logged([
      ("2024-11-23T00:40:12Z ", Short.later), ("2024-11-22T23:40:12Z ", Short.meminfo),
    ])
    let found = mended(text)
    #expect(found.text(1) == Short.meminfo && found.text(2) == Short.later)
    #expect(found[1]?.wall == 1_732_318_812)
  }

  @Test func `of files printed one after the other are one moment's`() {
    let text = logged([
      ("Nov 22 23:40:12 db1 root: ", Short.meminfo), ("Nov 22 23:40:13 db1 root: ", Short.slabinfo),
      ("Nov 22 23:59:12 db1 root: ", Short.later), ("Nov 22 23:59:13 db1 root: ", Short.slabinfo),
    ])
    let found = mended(text)
    #expect(found.paths == Array(repeating: ["proc/meminfo", "proc/slabinfo"], count: 2))
  }

  @Test func `part single rows that a script logs each minute`() {
    let rows = (0..<5).map { minute in
      ("Nov 22 23:4\(minute):12 db1 root: ", "SUnreclaim:     \(300_000 + minute) kB\n")
    }
    let found = mended(logged(rows))
    #expect(found.count == 5)
    #expect(found[5]?.clock.map { $0 - (found[1]?.clock ?? 0) } == 240)
  }

  @Test func `of JSON messages count too`() {
    func docker(_ time: String, _ text: String) -> String {
      text.split(separator: "\n").map {
        "{\"log\":\"\($0)\\n\",\"stream\":\"stdout\",\"time\":\"\(time)\"}\n"
      }.joined()
    }
    func journal(_ time: String, _ text: String) -> String {
      text.split(separator: "\n").map {
        "{\"MESSAGE\":\"\($0)\",\"__REALTIME_TIMESTAMP\":\"\(time)\"}\n"
      }.joined()
    }
    let texts = [
      docker("2024-11-22T23:40:12.5Z", Short.meminfo) + docker("2024-11-23T00:40:12Z", Short.later),
      journal("1732318812500000", Short.meminfo) + journal("1732322412000000", Short.later),
    ]
    for text in texts {
      let found = mended(text)
      #expect(found.count == 2 && found[1]?.wall == 1_732_318_812.5)
      #expect(found[2]?.wall == 1_732_322_412)
    }
  }

  @Test func `of watch are read`() {
    func screen(_ time: String, _ text: String) -> String {
      "Every 2.0s: cat /proc/meminfo          db1: \(time)\n\n" + text + "\n"
    }
    let found = intake(
      screen("Fri Nov 22 23:40:12 2024", Short.meminfo)
        + screen("Sat Nov 23 00:40:12 2024", Short.later))
    #expect(found.count == 2 && found[2]?.wall == 1_732_322_412)
  }

  @Test func `hosts and numbers of lines are no times`() {
    for prefix in ["db1: ", "db1 | ", "meminfo:", "> "] {
      let found = mended(logged([(prefix, Short.meminfo)]))
      #expect(found.count == 1 && found[1]?.moment.mark == nil, "\(prefix)")
    }
  }
}
