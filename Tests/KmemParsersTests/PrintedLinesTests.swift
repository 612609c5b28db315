import Testing

@testable import KmemParsers

/// Objects that are read in one go, as they are what a kernel prints, and those that just look like it.
///
/// What comes byte by byte is read line by line.
@Suite struct PrintedLinesTests {
  private static let zeroes = String(repeating: "00 ", count: 16) + " ................\n"
  private static let letters =
    "    73 6f 6d 65 2d 6e 61 6d 65 2d 6f 66 2d 61 2d 74  some-name-of-a-t\n"

  /// Objects of all eras, each twice, so that their stacks are known at the second one.
  private static let report: String = {
    let objects = [
      "0xffff880000000040 (size 64):\n  comm \"a\", pid 1, jiffies 4294667296 (age 7.578s)\n"
        + "  backtrace:\n    [<000000002f6d2661>] kmalloc+0x64/0xf96\n"
        + "    [<00000000c819d3f2>] fn_0_0_init+0x2e/0xe76 [ext4]\n",
      "0xffff880000000080 (size 96):\n  comm \"CPU 5/KVM\", pid -1, jiffies 4294667297\n"
        + "  hex dump (first 32 bytes):\n\(letters)    \(zeroes)  backtrace (crc 3385bf58):\n"
        + "    kmalloc+0x64/0xf96\n    fn_0_0_init+0x2e/0xe76 [ext4]\n    g+0x1/0x2\n    h+0x1/0x2\n",
      "(percpu) 0x607773 (size 8):\n  comm \"say \"hi\", pid 2\", pid 7, jiffies 4294667298\n"
        + "  hex dump (first 8 bytes on cpu 3):\n    00 00 00 00 00 00 00 0a  ........\n"
        + "  backtrace (crc 0):\n    pcpu_alloc_noprof+0x1/0x2\n    0xffffffffc0a81234\n",
      "(phys) 0x1000 (size 24):\n  comm \"softirq\", pid 0, jiffies 4294667299 (age 12.001s)\n"
        + "  hex dump (first 24 bytes):\n\(letters)    01 02 03 04 05 06 07 08  ........        \n"
        + "  backtrace:\n    kmalloc+0x64/0xf96\n    fn_0_0_init+0x2e/0xe76 [ext4]\n    g+0x1/0x2\n",
    ]
    return (objects + objects).map { "unreferenced object \($0)" }.joined()
  }()

  @Test func `a report of all eras is read as line by line`() {
    let whole = ReadReport(Self.report)
    #expect(whole.records.count == 8 && whole.reader.remarks == [])
    #expect(
      whole.records[1].dump.bytes == Array("some-name-of-a-t".utf8) + Array(repeating: 0, count: 16)
    )
    #expect(whole.records[3].dump.bytes.suffix(8) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(whole.comm(2) == "say \"hi\", pid 2" && whole.records[0].age == 7578)
    #expect(whole == ReadReport(Self.report, pieces: 1))
  }

  @Test func `no damage makes it read otherwise than line by line`() {
    for seed in 0..<1500 {
      let text = mutated(Array(Self.report.utf8), seed: UInt64(seed))
      #expect(ReadReport(text) == ReadReport(text, pieces: 1), "seed \(seed)")
    }
  }

  /// Every byte as a digit of a dump and in its characters.
  @Test(arguments: [UInt8.min...UInt8.max])
  func `a dump with any byte in it is read as line by line`(bytes: ClosedRange<UInt8>) throws {
    let text = Array(Self.report.utf8)
    let row = try #require(text.indices.first { text[$0...].starts(with: Self.letters.utf8) })
    for place in [4, 5, 6, 12, 21, 22, 27, 30, 47, 49, 50, 51, 52, 67, 68] {
      for byte in bytes {
        var changed = text
        changed[row + place] = byte
        #expect(ReadReport(changed) == ReadReport(changed, pieces: 1), "\(byte) at \(place)")
      }
    }
  }

  @Test func `a frame that follows a known backtrace belongs to it`() {
    let object = Self.report.split(separator: "unreferenced object ").first.map(String.init) ?? ""
    let text = "unreferenced object \(object)unreferenced object \(object)"
    for more in ["    k+0x1/0x2\n", "\tk+0x1/0x2\n", "k+0x1/0x2\n"] {
      let report = ReadReport(text + more + text)
      #expect(report == ReadReport(text + more + text, pieces: 1))
      #expect(report.records.map(\.stack) == [0, 1, 0, 0])
    }
  }

  @Test func `the mark of a stack's end below a backtrace is no line of it`() {
    let object = """
      unreferenced object 0x3 (size 8):
        comm "a", pid 1, jiffies 2
        backtrace (crc 2):
          f+0x1/0x2
      [<2>] 0xffffffff

      """
    let text = object + object + object
    #expect(ReadReport(text) == ReadReport(text, pieces: 1))
    #expect(ReadReport(text).reader.counts.lines == 15)
  }

  @Test(arguments: [
    ("    [<1>] f+0x1/0x2\n", true), ("    f+0x1/0x2 [m]\n", true), ("    00 61  .a\n", true),
    ("    f\n", false), ("\n", false), ("    [<\r\n", false), ("==1== f+0x1/0x2\n", false),
    ("    [<1>] f", false), ("    0xffffffffc0a81234\n", false), ("  comm \"a\", pid 1\n", true),
  ])
  func `lines that are only kmemleak's are told by their form`(line: String, isPlain: Bool) {
    let text = Array(("unreferenced object 0x1 (size 8):\n" + line).utf8)
    #expect(text.span.kmemleakLines(beyond: text.count).lines == (isPlain ? 2 : 1))
  }
}
