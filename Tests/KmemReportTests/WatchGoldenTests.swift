import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemReport

/// What is said of made-up machines, watched for 20 minutes.
@Suite struct WatchGoldenTests {
  static let cases = ["kernel", "process", "files", "cache", "stable", "few"]

  private typealias Course = (kind: Subject.Kind, name: String, role: AmountRole, hourly: Double)

  private func courses(_ name: String) -> [Course] {
    let mebibyte = 1_048_576.0
    switch name {
    case "kernel":
      return [
        (.allocationLine, "drivers/x/x.c:8 x_take [x]", .kernel, 60 * mebibyte),
        (.cache, "kmalloc-2k", .kernel, 62 * mebibyte),
        (.memoryClass, "slab, unreclaimable", .kernel, 63 * mebibyte),
        (.side, "the kernel", .kernel, 63 * mebibyte),
        (.side, "memory in use", .kernel, 64 * mebibyte),
      ]
    case "process":
      return [
        (.process, "812 leaky\u{1B}[31m @99", .program, 42 * mebibyte),
        (.cgroup, "system.slice/leaky.service", .program, 43 * mebibyte),
        (.side, "user space", .program, 44 * mebibyte),
        (.side, "memory in use", .kernel, 44 * mebibyte),
      ]
    case "files":
      return [
        (.processFiles, "5 leaky @99", .userSpace, 10_800),
        (.count, "open files", .userSpace, 10_800), (.cache, "filp", .userSpace, 6 * mebibyte),
        (.cache, "kmalloc-64", .kernel, 4 * mebibyte),
      ]
    case "cache": return [(.memoryClass, "page cache", .cache, 900 * mebibyte)]
    default: return [(.side, "memory in use", .kernel, 0), (.side, "cache", .cache, 0)]
    }
  }

  private func report(_ name: String) -> WatchReport {
    var random = SeededGenerator(seed: 9)
    var table = SampleTable()
    for row in 0..<(name == "few" ? 9 : 120) {
      var amounts: [Subject: OwnedAmount] = [:]
      for course in courses(name) + [(.cache, "quiet", .kernel, 0)] {
        let isBytes = course.kind != .count && course.kind != .processFiles
        let noise = isBytes ? Double(random.next() % 131_072) : Double(random.next() % 3)
        let value = (isBytes ? 5e7 : 1000) + course.hourly * Double(row) / 360 + noise
        amounts[Subject(kind: course.kind, name: course.name)] = OwnedAmount(
          value: Int64(value), role: course.role)
      }
      table.append(amounts, at: Int64(row) * 10_000_000_000)
    }
    var facts = WatchFacts()
    facts.hostname = "example"
    facts.release = "6.18.44"
    facts.interval = 10
    facts.firstWall = 1_795_375_151
    facts.lastWall = 1_795_376_351
    if name == "few" { facts.isInterrupted = true }
    if name == "kernel" { facts.next = ["kmemleak can find it here: sudo kmemcheck scan"] }
    if name == "process" {
      facts.remarks = ["Only root may see slab caches: as root it can be told which grows."]
    }
    return WatchReport([table], facts: facts, available: 8 << 30)
  }

  @Test(arguments: cases, widths) func `text`(name: String, width: Int) {
    let text = WatchText(report(name), style: Style(isColored: false, width: width), limit: 10).text
    expectGolden("watch/\(name).\(width).txt", text)
    expectDecency(text, width: width)
    let last = lastParagraph(text)
    #expect(last.hasPrefix("Verdict: "))
  }

  @Test(arguments: cases) func `JSON`(name: String) {
    expectGolden("watch/\(name).json", WatchJSON.document(report(name)).text)
  }

  @Test(arguments: cases) func `on a screen the answer stands above the tables`(name: String) throws
  {
    let style = Style(isColored: false, width: 80)
    let text = WatchText(report(name), style: style, limit: 10, isLive: true).text
    let answer = try #require(text.ranges(of: "\nSo far: ").first).lowerBound
    let tables = try #require(text.ranges(of: "\nMemory  ").first).lowerBound
    #expect(answer < tables)
    expectDecency(text, width: 80)
  }

  @Test(arguments: cases) func `one line for a log`(name: String) {
    expectGolden("watch/\(name).line.txt", WatchLine.text(report(name)) + "\n")
  }

  @Test(
    arguments: [
      ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"), ([5, 5, 5], "▁▁▁"), ([nil, 1, 9], " ▁█"), ([], ""),
      ([.min, .max], "▁█"),
    ] as [([Int64?], String)]) func `a sparkline`(values: [Int64?], text: String)
  {
    #expect(Sparkline.text(values) == text)
    #expect(Sparkline.text(Array(repeating: values, count: 20).flatMap(\.self)).count <= 16)
  }

  @Test func `a name with a quote, a comma or a newline stays one field`() {
    let line = HistoryLine(
      bootID: "b", hostname: nil, kind: "process", name: "7 a,\"b\"\n @9", unit: .bytes,
      holder: "owner", time: 1_234_567_890, wall: 1_795_375_151, value: nil)
    #expect(
      line.csv
        == "b,,process,\"7 a,\"\"b\"\"\n @9\",bytes,owner,1.234,2026-11-22T19:19:11Z,\n")
    #expect(line.json.contains("\"name\":\"7 a,\\\"b\\\"\\u000a @9\""))
    #expect(line.json.contains("\"value\":null"))
  }
}
