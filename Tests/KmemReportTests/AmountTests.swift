import Testing

@testable import KmemReport

@Suite struct AmountTests {
  @Test(arguments: [
    (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (-1536, "-1.5 KiB"),
    (1_048_575, "1.0 MiB"), (1_048_064, "1023.5 KiB"), (1_047_000, "1022.5 KiB"),
    (Int64.max, "8.0 EiB"), (Int64.min, "-8.0 EiB"),
  ]) func `sizes carry one decimal and never four digits before it`(bytes: Int64, text: String) {
    #expect(Amount.short(bytes) == text)
  }

  @Test func `growth carries its sign`() {
    #expect(Amount.signed(1024) == "+1.0 KiB")
    #expect(Amount.signed(0) == "0 B")
    #expect(Amount.signedCount(-1_234_567) == "-1 234 567")
  }

  @Test(arguments: [
    (0.0, "0.0 %"), (0.0321, "3.2 %"), (0.125, "13 %"), (1, "100 %"), (-0.02, "-2.0 %"),
  ]) func `shares below ten percent carry a decimal`(share: Double, text: String) {
    #expect(Amount.percent(share) == text)
  }

  @Test(arguments: [
    (0.25, "0.3 s"), (42, "42 s"), (61, "1 min 1 s"), (7500, "2 h 5 min"), (90_000, "1 d 1 h"),
    (.nan, "?"),
  ]) func `spans are told in their two largest units`(seconds: Double, text: String) {
    #expect(Amount.duration(seconds) == text)
  }
}
