import KmemParsers
import Testing

@Suite struct LiteralIndexTests {
  private let index = LiteralIndex(["bytes in", "==", "#", "loss record ", "at 0x"])

  @Test(arguments: [
    "64 bytes in 1 blocks", "==123== x", "a #1", "#", "loss record 1", "   at 0x4C2DB8F: malloc",
    "x==", "bytes in",
  ])
  func `a literal is found wherever it stands`(line: String) {
    let bytes = Array(line.utf8)
    let isFound = index.isAny(in: bytes.span)
    #expect(isFound)
  }

  @Test(arguments: [
    "", "x", "=", "64 bytes", "ytes in", "loss record", "at 0", "t 0x4C2DB8F: malloc",
  ])
  func `a part of a literal is none`(line: String) {
    let bytes = Array(line.utf8)
    let isFound = index.isAny(in: bytes.span)
    #expect(!isFound)
  }
}
