import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

@Suite struct StatusGoldenTests {
  private static let fixtures = [
    "captures/6.18-guest-after", "synthetic/2.6.32-slab-swap", "synthetic/6.12-allocinfo-after",
  ]

  /// The fixture; one is given a configuration with kmemleak built in and switched off.
  private func status(_ fixture: String) throws -> KernelStatus {
    var capture = try Fixture.capture(fixture)
    if fixture.contains("allocinfo") {
      let config = """
        CONFIG_DEBUG_KMEMLEAK=y
        CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE=16000
        CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y
        CONFIG_DEBUG_FS=y
        CONFIG_SLUB=y
        CONFIG_SLUB_DEBUG=y
        CONFIG_MEM_ALLOC_PROFILING=y
        # CONFIG_PAGE_OWNER is not set

        """
      capture.sources["proc/config"] = SourceReading(outcome: .read, bytes: Array(config.utf8))
    }
    return KernelStatus(KernelFacts(capture, Snapshot(capture)))
  }

  private func name(_ fixture: String) -> String {
    String(fixture.split(separator: "/").last ?? "")
  }

  @Test(arguments: fixtures, widths) func `text`(fixture: String, width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = StatusText(try status(fixture), style: style, isVerbose: false).text
    expectGolden("status/\(name(fixture)).\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: "))
  }

  @Test(arguments: fixtures) func `JSON`(fixture: String) throws {
    expectGolden("status/\(name(fixture)).json", StatusJSON.document(try status(fixture)).text)
  }

  @Test(arguments: fixtures) func `everything fits too`(fixture: String) throws {
    let style = Style(isColored: false, width: 80)
    expectDecency(
      StatusText(try status(fixture), style: style, isVerbose: true).text, width: 80)
  }
}
