import Foundation
import KmemHistory
import KmemAnalysis
import KmemTestSupport
import Testing

/// The rules and the dashboard that are shipped, by Prometheus itself.
@Suite(.enabled(if: PrometheusServer.isThere, "needs prometheus and promtool (Debian: prometheus)"))
struct RulesTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let shipped = "\(Fixture.folder)/../Sources/Packaging/prometheus"

  private func metrics(_ arguments: String...) throws -> String {
    let result = try program.run(arguments: ["metrics"] + arguments, user: .whoeverTests)
    try #require(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// The alerts that fire after so many minutes, if these metrics stay what they are for `lasting`
  /// minutes; those with other values are given first.
  private func alerts(
    _ text: String, after minutes: Int, lasting: Int = 60, before other: String? = nil,
    lastRun: String = "0+60"
  ) throws -> Set<String> {
    func lines(_ text: String) -> [String: Substring] {
      Dictionary(
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
          line.lastIndex(of: " ").map {
            (String(line[..<$0]), line[line.index(after: $0)...])
          }
        }
      ) { first, _ in first }
    }
    let (now, before) = (lines(text), lines(other ?? ""))
    // Prometheus writes +Inf and its tests take no infinite value.
    func value(_ text: Substring?) -> String {
      text.map { $0 == "+Inf" ? "1e18" : $0.contains("last_run") ? "0" : String($0) } ?? "_"
    }
    var series = ""
    for name in now.merging(before, uniquingKeysWith: { first, _ in first }).keys {
      let labels =
        name.contains("{")
        ? name.replacing("{", with: "{instance=\"a\",", maxReplacements: 1)
        : name + "{instance=\"a\"}"
      // Time begins at 0 in promtool's tests.
      let isRun = name.hasPrefix("kmemcheck_last_run")
      let old = other == nil ? "" : "\(value(before[name]))x10 "
      let values = isRun ? "\(lastRun)x\(lasting)" : old + "\(value(now[name]))x\(lasting)"
      series +=
        "      - series: '\(labels.replacing("'", with: "''"))'\n        values: '\(values)'\n"
    }
    let names = [
      "KmemcheckKernelMemoryGrows", "KmemcheckMemoryGrowsInNoClass", "KmemcheckProgramMemoryGrows",
      "KmemcheckMemoryEnds", "KmemcheckKmemleakFound", "KmemcheckBlind",
    ]
    // promtool only compares: one run for each alert says whether it is silent.
    return Set(
      try names.filter { name in
        let test = """
          rule_files: [\(Self.shipped)/kmemcheck.rules.yml]
          evaluation_interval: 1m
          tests:
            - interval: 1m
              input_series:
          \(series)    alert_rule_test:
                - {eval_time: \(minutes)m, alertname: \(name), exp_alerts: []}

          """
        let file = try program.home.write("test.yml", Array(test.utf8))
        let result = try #require(
          Tool.run(PrometheusServer.promtool ?? "", ["test", "rules", file]))
        // What isn't a difference of alerts is a mistake of the test.
        try #require(result.status == 0 || result.output.contains("got:"), "\(result.output)")
        return result.status != 0
      })
  }

  @Test func `the rules are what promtool takes for rules`() throws {
    let result = Tool.run(
      PrometheusServer.promtool ?? "",
      ["check", "rules", "--lint=all", "--lint-fatal", "\(Self.shipped)/kmemcheck.rules.yml"])
    #expect(result?.status == 0, "\(result?.output ?? "")")
  }

  @Test func `a leak of the kernel's that was recorded fires its alert, within ten minutes`() throws
  {
    let text = try metrics("--replay", Fixture.path("history/timer.sqlite"))
    #expect(try alerts(text, after: 10) == ["KmemcheckKernelMemoryGrows"])
    #expect(try alerts(text, after: 3) == [])
  }

  @Test func `a program that grows fires its own alert`() throws {
    let text = try metrics("--replay", Fixture.path("history/mebibyte-an-hour.sqlite"))
    #expect(try alerts(text, after: 20) == ["KmemcheckProgramMemoryGrows"])
  }

  @Test(arguments: ["6.12-churn", "6.12-notleak", "6.12-ext4", "6.12-cache"])
  func `nobody is told of churn, cache and what is no leak`(name: String) throws {
    let text = try metrics(
      "--replay", Fixture.path("captures/\(name)-before.tar.zst"),
      Fixture.path("captures/\(name)-after.tar.zst"))
    #expect(try alerts(text, after: 40) == [])
  }

  /// Metrics that a recorder wrote in the lab.
  private func recorded(_ name: String) throws -> String {
    try String(contentsOfFile: Fixture.path("metrics/\(name).prom"), encoding: .utf8)
  }

  @Test func `pages in no class that leak until memory ends fire both alerts`() throws {
    let text = try recorded("pages")
    #expect(
      try alerts(text, after: 8) == ["KmemcheckMemoryEnds", "KmemcheckMemoryGrowsInNoClass"])
    #expect(try alerts(text, after: 3) == [])
  }

  @Test func `objects that kmemleak reports fire theirs, and none is told where there are none`()
    throws
  {
    #expect(try alerts(try recorded("kmemleak"), after: 20) == ["KmemcheckKmemleakFound"])
    let calm = try metrics(Fixture.path("captures/6.18-guest-before"))
    #expect(try alerts(calm, after: 20) == [])
  }

  @Test func `a recorder that falls silent is told, and a boot that ends a leak isn't`() throws {
    let leak = try metrics("--replay", Fixture.path("history/timer.sqlite"))
    #expect(try alerts(leak, after: 29, lasting: 8).contains("KmemcheckKernelMemoryGrows") == false)
    let calm = try metrics(Fixture.path("captures/6.18-guest-before"))
    #expect(try alerts(calm, after: 20, before: leak) == [])
    // node_exporter goes on to serve the file that the recorder wrote last.
    #expect(try alerts(calm, after: 30, lastRun: "0") == ["KmemcheckBlind"])
    #expect(try alerts(calm, after: 9, lastRun: "0") == [])
  }

  @Test func `a recorder that may not read slab caches is told`() throws {
    let calm = try metrics(Fixture.path("captures/6.18-guest-before"))
    let read = "kmemcheck_source_read{source=\"proc/slabinfo\"} "
    let blind = calm.replacing(read + "1", with: read + "0")
    try #require(blind != calm)
    #expect(try alerts(blind, after: 12) == ["KmemcheckBlind"])
  }

  @Test func `each query of the dashboard returns data`() throws {
    let end = Int(Date().timeIntervalSince1970)
    let times = Array(stride(from: end - 1800, through: end, by: 60))
    var series = OpenMetricsText()
    let live = try metrics()
    series.add(metrics: live, instance: "live", at: times)
    let replay = try metrics("--replay", Fixture.path("history/timer.sqlite"))
    series.add(metrics: replay, instance: "lab", at: times)
    let server = try PrometheusServer(openMetrics: series.text)
    let file = try Data(
      contentsOf: URL(fileURLWithPath: "\(Self.shipped)/kmemcheck.dashboard.json"))
    let document = try #require(JSONSerialization.jsonObject(with: file) as? [String: Any])
    let panels = try #require(document["panels"] as? [[String: Any]])
    #expect(panels.count >= 10)
    for panel in panels {
      for target in panel["targets"] as? [[String: Any]] ?? [] {
        let query = try #require(target["expr"] as? String).replacing("$instance", with: ".*")
        #expect(try server.count(query) > 0, "\(query)")
      }
    }
    #expect(
      (document["__inputs"] as? [[String: Any]])?.first?["name"] as? String == "DS_PROMETHEUS")
  }

  @Test func `the dashboard is what its table makes`() throws {
    let made = Tool.output("/usr/bin/env", "python3", "\(Self.shipped)/dashboard")
    let kept = try String(
      contentsOfFile: "\(Self.shipped)/kmemcheck.dashboard.json", encoding: .utf8)
    #expect(made == kept)
  }
}
