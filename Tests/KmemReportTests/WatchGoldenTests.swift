import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemReport
@testable import KmemSnapshot

/// What is said of made-up machines, watched for 20 minutes.
@Suite struct WatchGoldenTests {
  static let cases = ["kernel", "process", "files", "percpu", "cache", "stable", "few"]

  private typealias Course = (id: SeriesID, hourly: Double)

  private static func process(_ pid: Int, _ comm: String, _ facet: ProcessFacet) -> SeriesID {
    .process(ProcessName(pid: pid, comm: comm, startTime: 99), facet)
  }

  private static func line(
    _ file: String, _ line: Int, _ function: String, _ module: String?
  ) -> SeriesID {
    .allocationSite(AllocationSite(file: file, line: line, function: function, module: module))
  }

  private func courses(_ name: String) -> [Course] {
    let mebibyte = 1_048_576.0
    switch name {
    case "kernel":
      return [
        (Self.line("drivers/x/x.c", 8, "x_take", "x"), 60 * mebibyte),
        (.slabCache("kmalloc-2k"), 62 * mebibyte),
        (.memoryClass(.slabUnreclaimable), 63 * mebibyte),
        (.side(.kernel), 63 * mebibyte),
        (.system, 64 * mebibyte),
      ]
    case "process":
      return [
        (Self.process(812, "leaky\u{1B}[31m", .memory), 42 * mebibyte),
        (.cgroup("system.slice/leaky.service"), 43 * mebibyte),
        (.side(.userSpace), 44 * mebibyte),
        (.system, 44 * mebibyte),
      ]
    case "files":
      return [
        (Self.process(5, "leaky", .files), 10_800),
        (.count(.openFiles), 10_800), (.slabCache("filp"), 6 * mebibyte),
        (.slabCache("kmalloc-64"), 4 * mebibyte),
      ]
    case "percpu":
      return [
        (.memoryClass(.percpu), 60 * mebibyte),
        (
          .vmallocCaller(VmallocCaller(caller: "pcpu_create_chunk+0xba/0x14d", module: nil)),
          61 * mebibyte
        ),
      ]
    case "cache": return [(.memoryClass(.pageCache), 900 * mebibyte)]
    default: return [(.system, 0), (.side(.cache), 0)]
    }
  }

  private func report(_ name: String) -> WatchReport {
    var random = SeededGenerator(seed: 9)
    var table = SampleTable()
    for row in 0..<(name == "few" ? 9 : 120) {
      var amounts = MemoryAmounts()
      for course in courses(name) + [(.slabCache("quiet"), 0)] {
        let isBytes = course.id.unit == .bytes
        let noise = isBytes ? Double(random.next() % 131_072) : Double(random.next() % 3)
        let value = (isBytes ? 5e7 : 1000) + course.hourly * Double(row) / 360 + noise
        amounts.add(course.id, Int64(value))
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
    if name == "kernel" { facts.next = [.scan, .check] }
    if name == "process" {
      facts.remarks = [.needsRoot([.vmallocCaller, .slabCache])]
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

  @Test func `a name is no formula, and a number stays a number`() {
    for name in ["=cmd()", "+1", "-1", "@x", "\u{1B}]0;x\u{7}", "a\u{202E}b", "a\u{200B}b"] {
      let names = HistoryNames(bootID: name, hostname: name, series: .slabCache(name))
      let csv = line(.csv, names, value: -7)
      #expect(!csv.split(separator: ",").dropLast().contains { "=+-@".contains($0.prefix(1)) })
      #expect(csv.hasSuffix(",-7\n"))
      for text in [csv, line(.ndjson, names, value: -7)] {
        #expect(!text.dropLast().unicodeScalars.contains { $0.isHostile })
      }
    }
  }

  @Test func `a name with a quote, a comma or a newline stays one field`() {
    let names = HistoryNames(
      bootID: "b", hostname: nil, series: Self.process(7, "a,\"b\"\n", .memory))
    let (time, wall): (Int64, Int64) = (1_234_567_890, 1_795_375_151)
    #expect(
      line(.csv, names, time: time, wall: wall, value: nil)
        == "b,,process,\"7 a,\"\"b\"\"\\x{a} @99\",\"process 7 a,\"\"b\"\"\\x{a}\",bytes,1.234,"
        + "2026-11-22T19:19:11Z,\n")
    let json = line(.ndjson, names, time: time, wall: wall, value: nil)
    #expect(json.contains("\"id\":\"7 a,\\\"b\\\"\\u000a @99\""))
    #expect(json.hasSuffix("\"seconds\":1.234,\"time\":\"2026-11-22T19:19:11Z\",\"value\":null}\n"))
  }

  private func line(
    _ form: HistoryForm, _ names: HistoryNames, time: Int64 = 0, wall: Int64? = nil, value: Int64?
  ) -> String {
    var lines = HistoryLines<Int>(form)
    var bytes: [UInt8] = []
    lines.append(1, time: time, wall: wall, value: value, to: &bytes) { names }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [("stable", false), ("kernel", true)])
  func `noise of what is stable isn't drawn as large as growth`(name: String, grows: Bool) throws {
    let page = WatchText(report(name), style: .pictures, limit: 9).written
    let courses = page.blocks.compactMap { block -> CourseFigure? in
      guard case .figure(.course(let course)) = block else { return nil }
      return course
    }
    let course = try #require(courses.first)
    let levels = course.levels.map(\.value)
    let (least, most) = (try #require(levels.first), try #require(levels.last))
    let drawn = course.points.map(\.high).max()! - course.points.map(\.low).min()!
    #expect((drawn / (most - least) > 0.5) == grows)
  }
}
