import KmemAnalysis
import KmemIntake
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources
import KmemTestSupport
import Testing

@testable import KmemCommands

/// Texts whose plain lines of kmemleak only one reader sees, and whose other lines all see.
@Suite struct LeakTextPiecesTests {
  /// All that is read of a text that comes in pieces of that size.
  private struct Reading: Equatable {
    let leaks: String
    let programs: String?
    let remarks: [Remark]
    let beginning: [UInt8]

    init(_ text: [UInt8], pieces size: Int) {
      let programs = ProgramLeakText()
      let pieces = LeakTextPieces(LeakReportBuilder(), programs, isLive: false)
      var start = 0
      while start < text.count {
        let end = min(text.count, start + size)
        pieces.read(text.span.extracting(start..<end))
        start = end
      }
      pieces.finish()
      leaks = LeaksJSON.document(pieces.report(Snapshot(Capture(origin: "-", kind: .file)))).text
      self.programs =
        programs.isRecognised
        ? ProgramLeaksJSON.document(programs.report(name: "-", frameRules: FrameRules())).text : nil
      remarks = pieces.remarks
      beginning = pieces.beginning
    }
  }

  /// A report of more than a block that is mended at once, in which every byte that says something is at
  /// some place.
  private static func report(objects: Int, from first: Int) -> String {
    (first..<(first + objects)).map { number in
      let frames = (0..<(3 + number % 5)).map { "fn_\(number % 7)_\($0)+0x2e/0xe76" }
      let isBare = number % 2 == 0
      return """
        unreferenced object 0xffff8880\(String(0x10000000 + number * 64, radix: 16)) (size 64):
          comm "insmod", pid 1, jiffies \(4_294_667_296 + number / 4)
          hex dump (first 16 bytes):
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
          backtrace (crc \(String(number, radix: 16))):
            kmalloc+0x1/0x2

        """
          + frames.map { isBare ? "    \($0)\n" : "    [<000000002f6d2661>] \($0)\n" }.joined()
    }.joined()
  }

  /// What stands between records: of programs, of logs, and what a mender takes off.
  private static let others = [
    "", "\n", "==12== HEAP SUMMARY:\n==12==     in use at exit: 5 bytes in 1 blocks\n",
    "==12== 40 bytes in 1 blocks are definitely lost in loss record 1 of 1\n"
      + "==12==    at 0x484: malloc (vg_replace_malloc.c:446)\n==12==    by 0x109: main (a.c:3)\n",
    "Direct leak of 7 byte(s) in 1 object(s) allocated from:\n    #0 0x4a in malloc (/bin/a+0x4a)\n",
    "[10:00:00] Top 10 stacks with outstanding allocations:\n\t40 bytes in 1 allocations from stack\n",
    "    main+0x6d [allocs]\n", "    f\n", "> unreferenced object 0x1 (size 8):\n", "\r\n", "```\n",
    "<valgrindoutput>\n", "<error>\n", "==12== 40 bytes in 1 blocks are definitely\n", "\u{FEFF}",
    "[   12.345678] usb 1-1: new device\n", "unreferenced object 0xzz\n", "==12==\n", "&lt;\n",
  ]

  @Test(arguments: 0..<24)
  func `what one reader is spared changes nothing`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var text: [UInt8] = []
    for part in 0..<4 {
      let count = Int.random(in: 1...250, using: &generator)
      text += Array(Self.report(objects: count, from: part * 250).utf8)
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        text += Array((Self.others.randomElement(using: &generator) ?? "").utf8)
      }
    }
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let place = Int.random(in: 0..<text.count, using: &generator)
      text.insert(
        contentsOf: Array((Self.others.randomElement(using: &generator) ?? "").utf8), at: place)
    }
    let slow = Reading(text, pieces: 1)
    for size in [Int.max / 2, 1 << 12, Int.random(in: 100...5000, using: &generator)] {
      #expect(Reading(text, pieces: size) == slow, "pieces of \(size)")
    }
  }
}
