import Foundation
import KmemAnalysis
import KmemHistory
import KmemTestSupport
import Testing

/// Hours of samples, as `watch --record` would have kept them, judged again.
@Suite struct ReplayTests {
  private let program: Program
  private var random = SeededGenerator(seed: 3)

  init() throws { program = try Program() }

  private var history: String { "\(program.home.path)/long.sqlite" }

  /// Noise in which each value keeps a share of the one before, in bytes.
  private mutating func noise(_ count: Int, _ deviation: Double) -> [Double] {
    var value = 0.0
    return (0..<count).map { _ in
      let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random)
      }
      value = 0.8 * value + 0.6 * normal
      return value * deviation
    }
  }

  /// Records samples every minute of a leak of 1 MiB an hour among caches that don't leak.
  private mutating func record(hours: Int, mebibytesHourly rate: Double) throws {
    let recorder = try HistoryRecorder(
      history, run: HistoryRun(bootID: "0123-boot", hostname: "db1", release: "6.12.1", wall: 1000))
    let quiet = (0..<100).map { SeriesID.slabCache("quiet-\($0)") }
    let leak = SeriesID.slabCache("kmalloc-2k")
    let inUse = SeriesID.system
    let count = hours * 60
    let courses = (0..<102).map { _ in noise(count, 131_072) }
    for minute in 0..<count {
      let gained = rate * 1_048_576 * Double(minute) / 60
      var values = [leak: Int64(50e6 + gained + courses[100][minute]) & ~4095]
      values[inUse] = Int64(4e9 + gained + 4 * courses[101][minute])
      for (key, course) in zip(quiet, courses) {
        values[key] = Int64(20e6 + course[minute]) & ~4095
      }
      try recorder.record(
        HistoryRound(
          group: "memory", time: Int64(minute) * 60_000_000_000, wall: Int64(1000 + minute * 60),
          values: values))
    }
  }

  @Test mutating func `1 MiB an hour over ten hours is found, at its rate`() throws {
    try record(hours: 10, mebibytesHourly: 1)
    let result = try program.run("watch", "--replay", history, "--json", user: .whoeverTests)
    #expect(result.status == 1, "\(result.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(json as? [String: Any])
    let growing = try #require(document["growing"] as? [[String: Any]])
    #expect(growing.count == 1)
    #expect(growing.first?["id"] as? String == "kmalloc-2k")
    let rate = (growing.first?["perSecond"] as? Double ?? 0) * 3600 / 1_048_576
    #expect(abs(rate - 1) < 0.1, "\(rate)")
    let text = try program.run("watch", "--replay", history, user: .whoeverTests)
    #expect(text.output.contains("db1 · Linux 6.12.1"))
    #expect(text.lastLine.contains("Slab cache kmalloc-2k grows by "), "\(text.lastLine)")
  }

  @Test func `a real leak of 1 MiB an hour on a busy machine is found, and nobody else accused`()
    throws
  {
    let recorded = "\(Fixture.folder)/history/mebibyte-an-hour.sqlite"
    let result = try program.run("watch", "--replay", recorded, "--json", user: .whoeverTests)
    #expect(result.status == 1, "\(result.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(json as? [String: Any])
    let verdict = try #require(document["verdict"] as? [String: Any])
    #expect(verdict["word"] as? String == "user space grew")
    #expect((verdict["culprit"] as? [String: String])?["id"]?.hasPrefix("31258 leaker ") == true)
    // Beside it ran one that freed all each minute, and one that had grown for five minutes.
    let growing = try #require(document["growing"] as? [[String: Any]])
    let processes = growing.filter { ($0["kind"] as? String)?.hasPrefix("process") == true }
    let names = processes.compactMap { $0["id"] as? String }
    #expect(names.count == 1)
    #expect(names.first?.hasPrefix("31258 leaker ") == true)
    // Three pages each 42.187 s.
    let truth = 3 * 4096 / 42.187
    let rate = processes.first?["perSecond"] as? Double ?? 0
    #expect(abs(rate - truth) < truth / 50, "\(rate)")
  }

  @Test mutating func `the same without a leak is stable`() throws {
    try record(hours: 10, mebibytesHourly: 0)
    let result = try program.run("watch", "--replay", history, user: .whoeverTests)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.lastLine.hasPrefix("Verdict: stable. "))
  }

  @Test mutating func `only the last part of it, or another boot, can be asked for`() throws {
    try record(hours: 2, mebibytesHourly: 60)
    let part = try program.run(
      "watch", "--replay", history, "--last", "10m", user: .whoeverTests)
    #expect(part.status == 2, "\(part.output)")
    #expect(part.output.contains("11 samples"))
    #expect(
      try program.run("watch", "--replay", history, "--boot", "0123", user: .whoeverTests).status
        == 1)
    let other = try program.run(
      "watch", "--replay", history, "--boot", "beef", user: .whoeverTests)
    #expect(other.status == 66)
    #expect(other.errors.contains("it has 0123-boo"))
  }
}
