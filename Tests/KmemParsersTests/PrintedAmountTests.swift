import Testing

@testable import KmemParsers

@Suite struct PrintedAmountTests {
  @Test(
    arguments: [
      ("15", 15, 0), ("0.06K", 61, 10), ("45906648K", 47_008_407_552, 0), ("0B", 0, 0),
      ("2.8Gi", 3_006_477_107, 107_374_182), ("2,8G", 3_006_477_107, 107_374_182),
      ("23Gi", 24_696_061_952, 1_073_741_824), ("8.7Mi", 9_122_611, 104_857), ("64311.", 64311, 0),
      ("512MB", 536_870_912, 1_048_576), ("1.5T", 1_649_267_441_664, 109_951_162_777),
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
    #expect(PrintedAmount(binary.span, base: .decimal)?.bytes == 17_179_869_184)
  }

  @Test(arguments: [
    "", "K", ".5K", "1.2.3", "1x", "1KK", "-1", "9223372036854775808", "9999999999P",
  ])
  func `what is no amount is none`(text: String) {
    let bytes = Array(text.utf8)
    #expect(PrintedAmount(bytes.span) == nil)
  }
}
