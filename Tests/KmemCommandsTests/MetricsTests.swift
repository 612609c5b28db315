import Foundation
import KmemAnalysis
import KmemHistory
import KmemTestSupport
import Testing

/// One line for monitors, and metrics for Prometheus.
@Suite struct MetricsTests {
  private let program: Program

  init() throws { program = try Program() }

  private func metrics(_ arguments: String...) throws -> Program.Result {
    try program.run(arguments: ["metrics"] + arguments, user: .whoeverTests)
  }

  @Test(arguments: Fixture.all) func `a brief answer is one line of 80 bytes at most`(
    fixture: String
  ) throws {
    for verb in ["show", "status"] {
      let arguments =
        verb == "show" ? [verb, Fixture.path(fixture)] : [verb, "--root", Fixture.path(fixture)]
      let result = try program.run(arguments: arguments + ["--brief"], user: .whoeverTests)
      #expect(result.output.utf8.count <= 80 && result.output.utf8.count > 10)
      #expect(result.output.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test func `nagios is told 2 for a finding and 3 for what is unknown`() throws {
    let history = Fixture.path("history/mebibyte-an-hour.sqlite")
    let found = try program.run("watch", "--replay", history, "--nagios", user: .whoeverTests)
    #expect(found.status == 2)
    #expect(found.output.hasPrefix("CRITICAL: user space grew: 1.0 MiB/h"))
    let absent = try program.run("show", "/nonesuch", "--nagios", user: .whoeverTests)
    #expect(absent.status == 3)
    #expect(absent.output.hasPrefix("UNKNOWN: /nonesuch "))
    let usage = try program.run("show", "--nagios", "--bogus", user: .whoeverTests)
    #expect(usage.status == 3)
    #expect(usage.output == "UNKNOWN: Unknown option '--bogus'\n")
    let ill = try program.run(
      "show", Fixture.path("synthetic/2.6.32-slab-swap"), "--nagios", user: .whoeverTests)
    #expect(ill.status == 2)
    let diff = try program.run("diff", "--nagios", user: .whoeverTests)
    #expect(diff.status == 3)
  }

  @Test(arguments: Fixture.all) func `a machine has 150 series at most, none of them twice`(
    fixture: String
  ) throws {
    let result = try metrics(Fixture.path(fixture))
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count <= 150 && lines.count >= 10)
    #expect(lines.allSatisfy { $0.hasPrefix("kmemcheck_") })
    let names = lines.map { $0[..<($0.lastIndex(of: " ") ?? $0.endIndex)] }
    #expect(Set(names).count == names.count)
  }

  @Test(.enabled(if: PrometheusServer.isThere, "needs promtool (Debian: prometheus)"))
  func `promtool has nothing to say of any fixture's metrics`() throws {
    let histories = ["history/mebibyte-an-hour.sqlite", "history/timer.sqlite"]
    let texts =
      try Fixture.all.map { try metrics(Fixture.path($0)).output }
      + histories.map { try metrics("--replay", Fixture.path($0)).output } + [try metrics().output]
    for text in texts {
      let file = try program.home.write("metrics.prom", Array(text.utf8))
      let result = Tool.run(
        "/bin/sh", ["-c", "\(PrometheusServer.promtool ?? "") check metrics < \(file)"])
      #expect(result?.status == 0)
      #expect(result?.output == "")
    }
  }

  @Test func `what was recorded is judged, with bounds and the time that is left`() throws {
    let text = try metrics("--replay", Fixture.path("history/timer.sqlite")).output
    #expect(text.contains("kmemcheck_verdict{verdict=\"kernel\"} 1\n"))
    #expect(text.contains("kmemcheck_verdict{verdict=\"stable\"} 0\n"))
    let labels = "{kind=\"module\",series=\"kmemlab_timer\",side=\"kernel\"}"
    #expect(text.contains("kmemcheck_growing\(labels) 1\n"))
    func value(_ name: String) throws -> Double {
      let line = text.split(separator: "\n").first { $0.hasPrefix("kmemcheck_\(name)\(labels)") }
      return try #require(line?.split(separator: " ").last.flatMap { Double($0) })
    }
    let rate = try value("growth_bytes_per_second")
    #expect(try value("growth_low_bytes_per_second") <= rate)
    #expect(try value("growth_high_bytes_per_second") >= rate)
    #expect(rate > 110_000 && rate < 120_000)
  }

  @Test func `a textfile that can't be written is told, and so is another ending`() throws {
    let absent = try metrics("--textfile", "/nonesuch/kmemcheck.prom")
    #expect(absent.status == 74)
    #expect(absent.errors.contains("/nonesuch/kmemcheck.prom can't be written"))
    let ending = try metrics("--textfile", "/tmp/kmemcheck.txt")
    #expect(ending.status == 64)
    let file = "\(program.home.path)/kmemcheck.prom"
    #expect(try metrics("--textfile", file).status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o644)
  }

  @Test func `a recorder writes metrics beside its history`() throws {
    let file = "\(program.home.path)/kmemcheck.prom"
    let result = try program.run(
      "watch", "--record", "--history", "\(program.home.path)/h.sqlite", "--for", "1s",
      "--interval", "200ms", "--textfile", file, user: .whoeverTests)
    #expect(result.status == 2, "\(result.errors)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("kmemcheck_verdict{verdict=\"not_enough\"} 1\n"))
    #expect(text.contains("kmemcheck_self_cpu_seconds_total "))
  }

  @Test func `a request of HTTP is answered, and what is none is refused`() throws {
    func answer(_ request: String) throws -> String {
      try program.run(
        "metrics", "--http", input: Array(request.utf8), user: .whoeverTests
      ).output
    }
    let good = try answer("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(good.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4"))
    let body = good.components(separatedBy: "\r\n\r\n")[1]
    #expect(good.contains("Content-Length: \(body.utf8.count)\r\n"))
    #expect(body.contains("kmemcheck_build_info"))
    #expect(try answer("POST / HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 405 "))
    #expect(try answer("GET /else HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 404 "))
    #expect(try answer("hello\n\n").hasPrefix("HTTP/1.1 400 "))
    #expect(try answer("").hasPrefix("HTTP/1.1 400 "))
  }
}
