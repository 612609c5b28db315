import Testing

@testable import KmemParsers

/// Reports as logs, mails and damaged copies hold them.
@Suite struct KmemleakDamageTests {
  private static let text = KmemleakTests.aged + KmemleakTests.percpu

  /// The text with something before each of its lines.
  private func prefixed(_ prefix: (Int) -> String) -> String {
    Self.text.split(separator: "\n").enumerated().map { "\(prefix($0.offset))\($0.element)\n" }
      .joined()
  }

  private func expectWhole(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (report, whole) = (ReadReport(text), ReadReport(Self.text))
    #expect(report.records.count == 2, sourceLocation: sourceLocation)
    #expect(report.reader.remarks == [], sourceLocation: sourceLocation)
    for index in report.records.indices {
      #expect(report.frames(index) == whole.frames(index), sourceLocation: sourceLocation)
      #expect(report.comm(index) == whole.comm(index), sourceLocation: sourceLocation)
      #expect(
        report.records[index].dump == whole.records[index].dump, sourceLocation: sourceLocation)
      #expect(
        report.records[index].jiffies == whole.records[index].jiffies,
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    "> ", ">> > ", "[   12.345678] kmemleak: ", "[   12.345678][   T45] ", "<4>[    3.100000] ",
    "Nov 22 18:40:12 host kernel: [   12.345678] kmemleak: ", "kernel: ", "| ",
    "2026-11-22T18:40:12+00:00 host kernel: ", "[Mon Nov 20 12:34:56 2026] kmemleak: ",
    "console-3/tty: ",
  ])
  func `what stands before the lines changes nothing`(prefix: String) {
    expectWhole(prefixed { _ in prefix })
  }

  @Test func `times of different widths change nothing`() {
    expectWhole(prefixed { "[\($0 * $0 * 97).123456] kmemleak: " })
  }

  @Test func `the text may come in pieces of any size`() {
    let bytes = Array(Self.text.utf8)
    let whole = ReadReport(bytes)
    for size in 1...97 {
      let report = ReadReport(bytes, pieces: size)
      #expect(report.records == whole.records)
      #expect(report.reader.tables.stackCount == 2)
    }
  }

  @Test func `a report of several eras reads the same wherever it is cut`() {
    let text = Array(Self.manyEras.utf8)
    let byteByByte = ReadReport(text, pieces: 1)
    #expect(byteByByte.records.count == 12 && byteByByte.reader.tables.stackCount == 4)
    for cut in 0...text.count {
      var report = ReadReport([])
      for piece in [text[..<cut], text[cut...]] {
        let piece = Array(piece)
        report.reader.read(piece.span) { record, _ in report.records.append(record) }
      }
      report.reader.finish { record, _ in report.records.append(record) }
      #expect(report == byteByByte, "cut at \(cut)")
    }
  }

  /// Twelve objects with four stacks, each in the words of two eras, some with frames that follow
  /// the backtrace at another indentation.
  private static let manyEras: String = {
    let header = "unreferenced object 0x1 (size 8):\n  comm \"a\", pid 1, jiffies 2"
    let aged = header + " (age 7.578s)\n  backtrace:\n    [<1>] f+0x1/0x2\n"
    let first =
      aged + "    [<2>] 0xffffffff\n"
      + header + "\n  hex dump (first 2 bytes on cpu 9):\n    61 62  ab\n"
      + "  backtrace (crc 1):\n    f+0x1/0x2\n    g+0x1/0x2 [m]\n"
      + aged + "    [<3>] h+0x1/0x2 mm/util.c:60\n"
    return first + first + "[<4>] late+0x1/0x2\n" + first + first + "[<4>] late+0x1/0x2\n"
  }()

  @Test func `a backtrace behind an unknown prefix doesn't explain the same lines without one`() {
    let lines =
      """
      unreferenced object 0x1 (size 8):
        comm "a", pid 1, jiffies 2
        backtrace:
          [<12] f+0x1/0x2

      """
    let report = ReadReport("abcd \(lines)abcd \(lines)\(lines)")
    #expect(report.records.indices.map(report.frames) == [["f+0x1/0x2"], ["f+0x1/0x2"], []])
    #expect(report == ReadReport("abcd \(lines)abcd \(lines)\(lines)", pieces: 1))
  }

  @Test func `no damage makes a report read otherwise in pieces than whole`() {
    for seed in 0..<500 {
      let text = mutated(Array(Self.manyEras.utf8), seed: UInt64(seed))
      #expect(ReadReport(text) == ReadReport(text, pieces: 1), "seed \(seed)")
    }
  }

  @Test func `carriage returns, blanks, NULs and a missing newline change nothing`() {
    expectWhole(Self.text.split(separator: "\n").map { "\($0)\r\n" }.joined())
    expectWhole(Self.text.split(separator: "\n").map { "\($0)  \n\n" }.joined())
    expectWhole(String(Self.text.dropLast()))
    expectWhole(Self.text + String(repeating: "\0", count: 4096))
    expectWhole(String(Self.text.map { $0 == " " ? "\u{A0}" : $0 }))
    expectWhole(Self.text.split(separator: "\n").map { "\($0.drop { $0 == " " })\n" }.joined())
  }

  @Test func `lines of other messages between those of a log are passed over`() {
    let lines = prefixed { _ in "[   12.345678] kmemleak: " }.split(separator: "\n")
    let other = "[   12.345679] usb 1-1: new high-speed USB device\n"
    expectWhole(lines.map { "\($0)\n\(other)" }.joined())
    let raw = Self.text.split(separator: "\n")
    expectWhole(raw.map { "\($0)\n\(other)" }.joined())
  }

  @Test func `the trace of another message is not part of the stack`() {
    let report = ReadReport(
      """
      \(KmemleakTests.percpu)
      Call Trace:
       dump_stack+0x10/0x20
       panic+0x1/0x2

      """)
    #expect(report.frames().count == 3)
  }

  @Test func `a header that can't be read is counted, not dropped`() {
    let report = ReadReport(
      "unreferenced object 0xffff88zz (size 8):\n  comm \"a\", pid 1, jiffies 2\n"
        + "unreferenced object 0xffff8880 (size lots):\n" + Self.text)
    #expect(report.reader.counts.headers == 4)
    #expect(report.reader.counts.malformed == 2 && report.records.count == 2)
    #expect(report.reader.remarks.map(\.line) == [1, 3])
  }

  @Test func `an object whose lines are missing is kept and counted`() {
    let report = ReadReport("unreferenced object 0xffff888012345678 (size 8):\n" + Self.text)
    #expect(report.records.count == 3 && report.reader.counts.incomplete == 1)
    #expect(report.reader.remarks.map(\.line) == [1])
    #expect(report.frames(0) == [])
  }

  @Test func `numbers that fit nothing are remarked`() {
    let report = ReadReport(
      """
      unreferenced object 0xffff888012345678 (size 18446744073709551615):
        comm "a", pid 99999999999999999999, jiffies 1 (age 18446744073709551615.000s)
        backtrace (crc fffffffff):
          f+0x1/0x2

      """)
    #expect(report.records.first?.size == .max && report.records.first?.pid == nil)
    #expect(report.records.first?.age == nil && report.reader.remarks.count == 3)
    #expect(report.reader.counts.incomplete == 1)
  }

  @Test func `prose about an unreferenced object is none`() {
    let report = ReadReport("kmemleak reports an unreferenced object in foo():\n")
    #expect(report.records.isEmpty && report.reader.counts.headers == 0)
    #expect(report.reader.counts.logLines == 0 && report.reader.counts.headless == 0)
  }

  @Test func `a line without end is passed over`() {
    let report = ReadReport(
      Array(repeating: 0x41, count: 300_000) + Array(("\n" + Self.text).utf8), pieces: 4096)
    #expect(report.records.count == 2)
    #expect(report.reader.remarks.first?.reason.contains("64 KiB") == true)
  }

  @Test func `no damage makes the reader trap or miscount`() {
    for seed in 0..<3000 {
      let bytes = mutated(Array(Self.text.utf8), seed: UInt64(seed))
      let report = ReadReport(bytes, pieces: 1 + seed % 61)
      let counts = report.reader.counts
      #expect(counts.headers == counts.objects + counts.malformed, "seed \(seed)")
      #expect(counts.objects == report.records.count, "seed \(seed)")
      #expect(counts.headless >= report.reader.headless.count, "seed \(seed)")
    }
  }
}

/// Reports from mails, logs and other programs' tests, which are not part of the project.
@Suite(.enabled(if: CapturedFiles.directory != nil, "KMEMCHECK_CORPUS names no directory"))
struct KmemleakCapturedTests {
  private static let paths =
    CapturedFiles.paths(of: "kmemleak")
    + ["records", "reports", "syzkaller"].flatMap { CapturedFiles.paths(below: "kmemleak/\($0)") }
    + CapturedFiles.paths(below: "google+syzkaller")

  @Test func `every object that a real text announces is read`() {
    var (announced, read, files) = (0, 0, 0)
    for path in Set(Self.paths).sorted() {
      let bytes = CapturedFiles.bytes(of: path)
      let headers = CapturedFiles.lines(of: bytes).count { $0.contains("unreferenced object ") }
      let report = ReadReport(bytes)
      #expect(report.records.count == headers, "\(path)")
      #expect(report.reader.counts.malformed == 0, "\(path)")
      files += 1
      announced += headers
      read += report.records.count
    }
    #expect(announced == read && read > 800 && files > 500)
  }
}
