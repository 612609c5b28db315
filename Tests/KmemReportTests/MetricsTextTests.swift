import KmemAnalysis
import KmemSnapshot
import Testing

@testable import KmemReport

/// The text format of Prometheus.
@Suite struct MetricsTextTests {
  @Test func `names of strangers can end neither a label nor a line`() {
    let metric = Metric(
      .slabCache, ["cache": "a\"} 1\nevil{x=\"\\\u{1}", "reclaimable": nil], 4096)
    let text = MetricsText.text([metric])
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.hasSuffix(#"{cache="a\"} 1\nevil{x=\"\\\\x{1}"} 4096"# + "\n"))
  }

  @Test func `names of strangers turn no text around, and no two lines are alike`() {
    let names = ["\u{202E}a\u{9B}", "\\x{202e}a\\x{9b}", "b"]
    let text = MetricsText.text(names.map { Metric(.slabCache, ["cache": $0], 1) })
    #expect(!text.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
    #expect(text.split(separator: "\n").count == 4)
  }

  @Test func `families stand together under their help, whatever the order`() {
    let text = MetricsText.text([
      Metric(.slabCache, ["cache": "a"], 1), Metric(.availableSeconds, [:], .infinity),
      Metric(.slabCache, ["cache": "b"], 0.5),
    ])
    #expect(
      text.split(separator: "\n").filter { !$0.hasPrefix("# HELP") } == [
        "# TYPE kmemcheck_available_seconds gauge", "kmemcheck_available_seconds +Inf",
        "# TYPE kmemcheck_slab_cache_bytes gauge", "kmemcheck_slab_cache_bytes{cache=\"a\"} 1",
        "kmemcheck_slab_cache_bytes{cache=\"b\"} 0.5",
      ])
  }

  @Test func `a brief line is cut at 80 bytes, its newline counted, and never within a letter`() {
    for length in 60..<100 {
      let line = BriefLine.fitted(String(repeating: "ä", count: length / 2) + "x\ny")
      #expect(line.utf8.count < 80)
      #expect(!line.contains("\n") && !line.contains("\u{FFFD}"))
    }
    #expect(BriefLine.text(ofAnswer: "a\nVerdict: all is well\n\n") == "all is well")
  }
}
