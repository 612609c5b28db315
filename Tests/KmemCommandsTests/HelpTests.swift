import KmemTestSupport
import Testing

@Suite struct HelpTests {
  @Test func `the fixtures are there`() { #expect(Fixture.all.count == 12) }
}
