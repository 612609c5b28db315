import Testing

@testable import KmemParsers

@Suite struct PrintedAmountTests {
  @Test(
    arguments: [
      ("15", 15, 0), ("0.06K", 61, 10), ("45906648K", 47_008_407_552, 0), ("0B", 0, 0),
      ("2.8Gi", 3_006_477_107, 107_374_182), ("2,8G", 3_006_477_107, 107_374_182),
      ("23Gi", 23 << 30, 1 << 30), ("8.7Mi", 9_122_611, 104_857), ("64311.", 64311, 0),
      ("512MB", 512 << 20, 1 << 20), ("1.5T", 3 << 39, (1 << 40) / 10),
    ] as [(String, Int64, Int64)])
  func `an amount has its bytes and what rounding hides`(text: String, bytes: Int64, error: Int64)
    throws
  {
    let span = Array(text.utf8)
    #expect(PrintedAmount(span.span) == PrintedAmount(bytes: bytes, error: error))
  }

  @Test func `without an i, letters count in 1000 where they are asked to`() {
    let text = Array("16G".utf8)
    #expect(PrintedAmount(text.span, base: .decimal)?.bytes == 16_000_000_000)
    let binary = Array("16Gi".utf8)
    #expect(PrintedAmount(binary.span, base: .decimal)?.bytes == 16 << 30)
  }

  @Test(arguments: [
    "", "K", ".5K", "1.2.3", "1x", "1KK", "-1", "9223372036854775808", "9999999999P",
  ])
  func `what is no amount is none`(text: String) {
    let bytes = Array(text.utf8)
    #expect(PrintedAmount(bytes.span) == nil)
  }
}
