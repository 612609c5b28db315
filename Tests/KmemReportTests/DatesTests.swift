import Testing

@testable import KmemReport

@Suite struct DatesTests {
  @Test(arguments: [
    (0.0, "1970-01-01 00:00:00 UTC"), (951_782_400, "2000-02-29 00:00:00 UTC"),
    (1_709_251_199, "2024-02-29 23:59:59 UTC"), (4_107_542_400, "2100-03-01 00:00:00 UTC"),
    (-1, "1969-12-31 23:59:59 UTC"), (1_795_375_152.97, "2026-11-22 19:19:12 UTC"),
    (.infinity, "an unknown time"), (.nan, "an unknown time"), (1e300, "an unknown time"),
  ]) func `seconds since 1970 are a date in UTC`(seconds: Double, words: String) {
    #expect(Dates.words(seconds) == words)
  }

  @Test func `JSON holds dates by ISO 8601, and none where there is none`() {
    #expect(Dates.iso(1_795_375_152) == "2026-11-22T19:19:12Z")
    #expect(Dates.iso(.nan) == nil)
  }
}
