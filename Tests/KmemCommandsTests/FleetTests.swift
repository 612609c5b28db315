import Foundation
import KmemTestSupport
import Testing

/// One question over many machines, to a real Prometheus.
@Suite struct FleetTests {
  private let program: Program
  private let end = Int(Date().timeIntervalSince1970)

  init() throws { program = try Program() }

  /// Twelve hours of machines, each sample four minutes after the other; the first of them leak
  /// 3 kB/s, and have a module that no other has.
  private func machines(_ count: Int, leaking: Int) -> String {
    let times = Array(stride(from: end - 43_200, through: end, by: 240))
    var text = OpenMetricsText()
    for number in 0..<count {
      let isLeaking = number < leaking
      let base = "instance=\"host\(number)\",env=\"\(number % 2 == 0 ? "prod" : "test")\""
      func leak(_ time: Int) -> Double { isLeaking ? Double(time - times[0]) * 3000 : 0 }
      func noise(_ time: Int) -> Double {
        Double((time / 240 * 7919 + number * 104_729) % 997) * 1000
      }
      func add(_ name: String, _ labels: String = "", _ value: (Int) -> Double) {
        text.add("kmemcheck_\(name)", base + (labels.isEmpty ? "" : ",\(labels)"), at: times, value)
      }
      let modules = "ext4 \(number % 3 == 0 ? "zfs " : "")\(isLeaking ? "leaky_drv" : "virtio_net")"
      add("build_info", "version=\"0.1.0\"") { _ in 1 }
      add("host_info", "release=\"6.1.0-\(number % 2)\"") { _ in 1 }
      add("modules_info", "modules=\"\(modules)\"") { _ in 1 }
      add("boot_time_seconds") { _ in Double(times[0] - 86_400) }
      add("last_run_timestamp_seconds") { Double($0) }
      add("in_use_bytes") { 2e9 + noise($0) + leak($0) }
      add("available_bytes") { 6e9 - noise($0) - leak($0) }
      add("side_bytes", "side=\"kernel\"") { 2e8 + noise($0) + leak($0) }
      add("side_bytes", "side=\"userSpace\"") { 1e9 + noise($0) }
      add("memory_bytes", "class=\"slabUnreclaimable\",side=\"kernel\"") {
        2e8 + noise($0) + leak($0)
      }
      add("memory_bytes", "class=\"anonymous\",side=\"userSpace\"") { 1e9 + noise($0) }
      add("slab_cache_bytes", "cache=\"kmalloc-512\",reclaimable=\"0\"") {
        5e7 + noise($0) / 10 + leak($0)
      }
    }
    return text.text
  }

  private func fleet(_ url: String, _ more: String...) throws -> Program.Result {
    try program.run(
      arguments: ["fleet", "--prometheus", url, "--last", "12h"] + more, user: .whoeverTests)
  }

  @Test(
    .enabled(if: PrometheusServer.isThere, "needs prometheus and promtool (Debian: prometheus)"))
  func `of 100 machines those that leak are named, and what they alone have`() throws {
    let server = try PrometheusServer(openMetrics: machines(100, leaking: 6))
    let result = try fleet(server.url, "--json")
    #expect(result.status == 1, "\(result.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(json as? [String: Any])
    let leaking = try #require(document["leaking"] as? [[String: Any]])
    #expect(Set(leaking.compactMap { $0["name"] as? String }) == Set((0..<6).map { "host\($0)" }))
    for host in leaking {
      let culprit = try #require(host["culprit"] as? [String: Any])
      #expect(culprit["id"] as? String == "kmalloc-512")
      let rate = try #require(culprit["perSecond"] as? Double)
      #expect(abs(rate - 3000) < 60, "\(rate)")
    }
    let shared = try #require(document["shared"] as? [[String: Any]])
    #expect(shared.first?["name"] as? String == "leaky_drv")
    #expect(shared.first?["significant"] as? Bool == true)
    #expect(shared.filter { $0["significant"] as? Bool == true }.count == 1)
    #expect((document["others"] as? [Any])?.count == 94)
    let some = try fleet(server.url, "--query", "env=\"test\"")
    #expect(some.lastLine.hasPrefix("Verdict: something grows on 3 of 50 machines"))
    let none = try fleet(server.url, "--query", "env=\"none\"")
    #expect(none.status == 66)
    let wrong = try fleet(server.url, "--query", "env=")
    #expect(wrong.status == 69)
    #expect(wrong.errors.contains("parse error"))
    let path = try fleet(server.url + "/else")
    #expect(path.status == 69)
    #expect(path.errors.contains("no HTTP API of Prometheus"))
  }

  @Test(
    .enabled(if: PrometheusServer.isThere, "needs prometheus and promtool (Debian: prometheus)"))
  func `of a machine with few samples its own recorder's word is told, while it is fresh`() throws {
    func metrics(_ arguments: String...) throws -> String {
      try program.run(arguments: ["metrics"] + arguments, user: .whoeverTests).output
    }
    let leak = try metrics("--replay", Fixture.path("history/timer.sqlite"))
    let fresh = leak.split(separator: "\n").map { line -> String in
      let isRun = line.hasPrefix("kmemcheck_last_run")
      return isRun ? "kmemcheck_last_run_timestamp_seconds \(end)" : String(line)
    }.joined(separator: "\n")
    var text = OpenMetricsText()
    let times = Array(stride(from: end - 240, through: end, by: 60))
    text.add(metrics: fresh, instance: "fresh", at: times)
    text.add(metrics: leak, instance: "stale", at: times)
    let server = try PrometheusServer(openMetrics: text.text)
    let result = try fleet(server.url)
    withExtendedLifetime(server) {}
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("judged by its own recorder"))
    #expect(result.output.contains("slab cache kmalloc-4k"))
    #expect(result.lastLine.hasPrefix("Verdict: something grows on 1 of 2 machines: fresh"))
    #expect(result.lastLine.hasSuffix("Of 1 machine too little is known."))
  }

  @Test(
    .enabled(if: PrometheusServer.isThere, "needs prometheus and promtool (Debian: prometheus)"))
  func `a server that gives few samples at once is asked in parts`() throws {
    let server = try PrometheusServer(
      openMetrics: machines(12, leaking: 1), options: ["--query.max-samples=4000"])
    let result = try fleet(server.url)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.lastLine.contains("on 1 of 12 machines: host0"))
  }

  @Test(
    .enabled(if: PrometheusServer.isThere, "needs prometheus and promtool (Debian: prometheus)"))
  func `a server with a certificate of its own is asked if that is trusted, else told`() throws {
    let server = try PrometheusServer(openMetrics: machines(2, leaking: 1), tls: true)
    let authority = try #require(server.authority)
    let trusted = try fleet(server.url, "--ca", authority)
    #expect(trusted.status == 1, "\(trusted.errors)")
    #expect(trusted.lastLine.contains("on 1 of 2 machines: host0"))
    let strange = try fleet(server.url)
    #expect(strange.status == 69)
    #expect(strange.errors.contains("certificate"), "\(strange.errors)")
    #expect(strange.errors.contains("--ca"), "\(strange.errors)")
    let plain = try fleet("http" + server.url.dropFirst("https".count))
    #expect(plain.status == 69)
    let none = try fleet(server.url, "--ca", "/nonesuch")
    #expect(none.status == 66, "\(none.errors)")
    withExtendedLifetime(server) {}
  }

  @Test func `a server that isn't there is told in a sentence`() throws {
    let dead = try fleet("http://127.0.0.1:9", "--timeout", "2s")
    #expect(dead.status == 69)
    #expect(dead.errors.contains("http://127.0.0.1:9 doesn't answer"))
    #expect(try fleet("ftp://host").status == 64)
    #expect(try fleet("http://user:secret@host").status == 64)
    let both = try program.run(
      "fleet", Fixture.path("captures"), "--prometheus", "http://x", user: .whoeverTests)
    #expect(both.status == 64)
    let bearer = try fleet("http://127.0.0.1:9", "--bearer-file", "/nonesuch")
    #expect(bearer.status == 66)
  }

  @Test func `a pile of histories tells who leaks, and who is unknown`() throws {
    let result = try program.run(
      "fleet", Fixture.path("history"), Fixture.path("synthetic/3.10-slub"), user: .whoeverTests)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("kmemlab_timer"))
    #expect(result.lastLine.hasPrefix("Verdict: something grows on 2 of 3 machines"))
    #expect(result.lastLine.contains("too little is known"))
  }
}
