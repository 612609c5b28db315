import Foundation
import KmemAnalysis
import KmemHistory
import KmemTestSupport
import Testing

/// Captures that were taken one after another, judged as samples of a watch.
@Suite struct SeriesTests {
  private let program: Program

  init() throws { program = try Program() }

  private var folder: String { "\(program.home.path)/series" }

  /// Writes a tree as a cron job leaves it each hour; the slab grows by so many KiB an hour.
  private func write(
    _ name: String, hour: Int, gains: Int, host: String = "db1", boot: String = "11111111-aaaa",
    up: Int? = nil
  ) throws {
    let tree = "\(folder)/\(name)"
    let slab = 100_000 + hour * gains
    let files = [
      "proc/meminfo": """
      MemTotal:        8000000 kB
      MemFree:         \(4_000_000 - hour * gains) kB
      MemAvailable:    \(5_000_000 - hour * gains) kB
      Buffers:           10000 kB
      Cached:          1000000 kB
      Active:           600000 kB
      Inactive:        1500000 kB
      AnonPages:       1090000 kB
      Shmem:                 0 kB
      Slab:            \(50_000 + slab) kB
      SReclaimable:      50000 kB
      SUnreclaim:      \(slab) kB

      """,
      "proc/stat": "cpu  1 1 1 1\nbtime 1700000000\n",
      "proc/uptime": "\(up ?? (1000 + hour * 3600)).00 10.00\n",
      "proc/sys/kernel/hostname": "\(host)\n",
      "proc/sys/kernel/osrelease": "6.1.0\n",
      "proc/sys/kernel/random/boot_id": "\(boot)\n",
    ]
    for (path, text) in files {
      let file = URL(fileURLWithPath: "\(tree)/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  private func name(_ hour: Int) -> String { "z\(hour * 7919 % 100)-\(hour)" }

  private func replay(_ more: String...) throws -> (result: Program.Result, [String: Any]) {
    let result = try program.run(
      arguments: ["watch", "--replay", folder, "--json"] + more, user: .whoeverTests)
    let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (result, json as? [String: Any] ?? [:])
  }

  @Test func `captures whose names tell no order are judged in that of their times`() throws {
    for hour in 0..<30 { try write(name(hour), hour: hour, gains: 2048) }
    let (result, document) = try replay()
    #expect(result.status == 1, "\(result.errors)")
    let verdict = try #require(document["verdict"] as? [String: Any])
    #expect(verdict["word"] as? String == "growing, cause unknown")
    let growing = try #require(document["growing"] as? [[String: Any]])
    let slab = try #require(growing.first { $0["id"] as? String == "slabUnreclaimable" })
    let rate = (slab["perSecond"] as? Double ?? 0) * 3600 / 1024
    #expect(abs(rate - 2048) < 20.48, "\(rate)")
  }

  @Test func `captures in which nothing grows are stable`() throws {
    for hour in 0..<30 { try write(name(hour), hour: hour, gains: 0) }
    let (result, document) = try replay()
    #expect(result.status == 0, "\(result.errors)")
    #expect((document["verdict"] as? [String: Any])?["word"] as? String == "stable")
  }

  @Test func `captures beside a history give its verdict, and its rate within one percent`() throws
  {
    let file = "\(program.home.path)/beside.sqlite"
    let recorder = try HistoryRecorder(
      file, run: HistoryRun(bootID: "11111111-aaaa", hostname: "db1", release: "6.1.0", wall: 1))
    for minute in 0...(29 * 60) {
      let kilobytes = Int64(100_000 + minute * 2048 / 60)
      try recorder.record(
        HistoryRound(
          group: "memory", time: Int64(1000 + minute * 60) * 1_000_000_000,
          wall: Int64(1_700_001_000 + minute * 60),
          values: [
            .memoryClass(.slabUnreclaimable): kilobytes << 10,
            .memoryClass(.free): (4_100_000 - kilobytes) << 10,
          ]))
    }
    for hour in 0..<30 { try write(name(hour), hour: hour, gains: 2048) }
    let recorded = try judge(file)
    let captured = try replay()
    func word(_ document: [String: Any]) -> String? {
      (document["verdict"] as? [String: Any])?["word"] as? String
    }
    #expect(word(recorded.1) == "growing, cause unknown" && word(captured.1) == word(recorded.1))
    let rates = [recorded.1, captured.1].map { document in
      (document["growing"] as? [[String: Any]])?
        .first { $0["id"] as? String == "slabUnreclaimable" }?["perSecond"] as? Double ?? 0
    }
    #expect(rates[0] > 0 && abs(rates[0] - rates[1]) < rates[0] / 100, "\(rates)")
  }

  @Test func `two machines are refused by their names, and one can be chosen`() throws {
    for hour in 0..<20 {
      try write("a\(hour)", hour: hour, gains: 2048)
      try write("b\(hour)", hour: hour, gains: 0, host: "web7")
    }
    let (result, _) = try replay()
    #expect(result.status == 64)
    #expect(result.errors.contains("db1, web7"), "\(result.errors)")
    #expect(result.errors.contains("--host"))
    #expect(try replay("--host", "db1").result.status == 1)
    #expect(try replay("--host", "web7").result.status == 0)
    #expect(try replay("--host", "mail").result.status == 66)
  }

  @Test func `a reboot parts the captures, and the last boot is judged`() throws {
    for hour in 0..<20 { try write("a\(hour)", hour: hour, gains: 2048) }
    for hour in 20..<40 {
      try write("b\(hour)", hour: hour, gains: 0, boot: "22222222-bbbb")
    }
    let (result, document) = try replay()
    #expect(result.status == 0, "\(result.errors)")
    #expect((document["remarks"] as? [String])?.joined().contains("1 other boot") == true)
    #expect(try replay("--boot", "1111").result.status == 1)
    #expect(try replay("--boot", "3333").result.status == 66)
  }

  @Test func `missing captures are said, and files that are none are counted`() throws {
    for hour in Array(0..<12) + Array(30..<42) { try write(name(hour), hour: hour, gains: 0) }
    try "hello\n".write(toFile: "\(folder)/notes", atomically: true, encoding: .utf8)
    let (result, document) = try replay()
    #expect(result.status == 0, "\(result.errors)")
    let remarks = (document["remarks"] as? [String] ?? []).joined(separator: " ")
    #expect(remarks.contains("missing for 19 h"), "\(remarks)")
    #expect(remarks.contains("1 file is left out"), "\(remarks)")
  }

  @Test func `a folder is listed with the machine and the time of each capture`() throws {
    for hour in 0..<3 { try write(name(hour), hour: hour, gains: 0) }
    let result = try program.run("list", folder, user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").filter { $0.contains("db1") }.count == 3)
    #expect(try program.run("list", "\(folder)/none", user: .whoeverTests).status == 66)
  }

  /// A report of the OOM killer, each line behind a stamp.
  private func killed(_ stamp: String) -> [UInt8] {
    let lines = [
      "java invoked oom-killer: gfp_mask=0x201da, order=0", "Mem-Info:",
      "active_anon:90000 inactive_anon:900 active_file:10 inactive_file:20 free:1000 slab_unreclaimable:9",
      "Killed process 7 (java) total-vm:8484kB, anon-rss:1052kB, file-rss:0kB",
    ]
    return Array(lines.map { "\(stamp) \($0)\n" }.joined().utf8)
  }

  @Test
  func `logs without a year are listed by month, day and time, others by the time since boot`()
    throws
  {
    let logs = [
      ("a", "[  100.000000]"), ("b", "Nov 26 10:00:01 db1 kernel:"),
      ("c", "Nov 27 10:00:01 db1 kernel:"), ("d", "2026-11-01T10:00:01.000+00:00 db1 kernel:"),
    ]
    for (name, stamp) in logs { _ = try program.home.write("series/\(name).log", killed(stamp)) }
    let result = try program.run("list", folder, user: .whoeverTests)
    let rows = result.output.split(separator: "\n").dropFirst().map(String.init)
    #expect(rows.map { $0.contains(".log") } == [true, true, true, true], "\(result.output)")
    for (row, words) in zip(
      rows,
      ["2026-11-01 10:00:01 ", "11-27 10:00:01, no year ", "11-26 ", "1 min 40 s after boot "])
    { #expect(row.hasPrefix(words), "\(row)") }
    let json = try program.run("list", folder, "--json", user: .whoeverTests)
    #expect(json.output.contains("\"11-27 10:00:01\""), "\(json.output)")
  }

  @Test func `more samples than are kept are told as the lows that stand for them`() throws {
    let text = (0..<1000).map { minute in
      let time = "\(String(100 + minute / 60).dropFirst()):\(String(100 + minute % 60).dropFirst())"
      return """
        2026-11-01 \(time):00 UTC
        MemTotal:        8000000 kB
        MemFree:         \(4_000_000 - minute * 100) kB
        MemAvailable:    \(5_000_000 - minute * 100) kB
        Cached:          1000000 kB
        AnonPages:       \(1_090_000 + minute * 100) kB
        Slab:             150000 kB
        SReclaimable:      50000 kB
        SUnreclaim:       100000 kB

        """
    }.joined()
    let file = try program.home.write("minutes.log", Array(text.utf8))
    let result = try program.run("watch", "--replay", file, user: .whoeverTests)
    #expect(result.output.contains(", 1000 samples, "), "\(result.output)")
    #expect(result.lastLine.contains("500 lows of 2 samples each"), "\(result.lastLine)")
  }

  @Test func `a folder without a capture says what was wrong with the first file`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "hello\n".write(toFile: "\(folder)/notes", atomically: true, encoding: .utf8)
    let (result, _) = try replay()
    #expect(result.status == 65)
    #expect(result.errors.contains("notes"), "\(result.errors)")
  }

  /// What a loop of `date; cat /proc/meminfo /proc/slabinfo` writes in so many hours.
  private func loop(hours: Int, gains: Int) -> String {
    (0..<hours).map { hour in
      let slab = 100_000 + hour * gains
      let objects = 16_000 + hour * gains / 2
      return """
        \(hour < 16 ? "Sun Mar  1" : "Mon Mar  2") \(String(100 + (hour + 8) % 24).dropFirst()):00:00 UTC 2026
        MemTotal:        8000000 kB
        MemFree:         \(4_000_000 - hour * gains) kB
        MemAvailable:    \(5_000_000 - hour * gains) kB
        Cached:          1000000 kB
        AnonPages:       1090000 kB
        Slab:            \(50_000 + slab) kB
        SReclaimable:      50000 kB
        SUnreclaim:      \(slab) kB
        slabinfo - version: 2.1
        # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> \
        <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
        kmalloc-2k \(objects) \(objects) 2048 16 8 : tunables 0 0 0 : slabdata \(objects / 16) \(objects / 16) 0

        """
    }.joined()
  }

  private func judge(_ file: String) throws -> (result: Program.Result, [String: Any]) {
    let result = try program.run("watch", "--replay", file, "--json", user: .whoeverTests)
    let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (result, json as? [String: Any] ?? [:])
  }

  @Test func `each moment of a text is a sample, and the cache is named at its rate`() throws {
    let file = try program.home.write("hourly.log", Array(loop(hours: 30, gains: 2048).utf8))
    let (result, document) = try judge(file)
    #expect(result.status == 1, "\(result.errors)")
    let growing = try #require(document["growing"] as? [[String: Any]])
    let cache = try #require(growing.first { $0["id"] as? String == "kmalloc-2k" })
    let rate = (cache["perSecond"] as? Double ?? 0) * 3600 / 1024
    #expect(abs(rate - 2048) < 20.48, "\(rate)")
    let list = try program.run("list", file, user: .whoeverTests)
    #expect(list.output.contains("hourly.log@30") && list.output.contains("2026-03-01 08:00"))
  }

  @Test func `reports that somebody asks for each hour are judged by their stamps`() throws {
    let log = (0..<24).map { hour in
      """
      [\(1000 + hour * 3600).500000] sysrq: Show Memory
      [\(1000 + hour * 3600).500001] Mem-Info:
      [\(1000 + hour * 3600).500002] active_anon:1000 inactive_anon:\(50_000 + hour % 3)
      [\(1000 + hour * 3600).500002]  active_file:4000 inactive_file:30000 shmem:0
      [\(1000 + hour * 3600).500002]  slab_reclaimable:900 slab_unreclaimable:\(8000 + hour * 512)
      [\(1000 + hour * 3600).500002]  pagetables:300 free:\(90_000 - hour * 512)
      [\(1000 + hour * 3600).500003] Node 0 Normal free:\(360_000 - hour * 2048)kB min:3000kB \
      low:3500kB high:4000kB present:800000kB managed:800000kB
      [\(1000 + hour * 3600).500004] 34000 total pagecache pages

      """
    }.joined()
    let file = try program.home.write("serial.log", Array(log.utf8))
    let (result, document) = try judge(file)
    #expect(result.status == 1, "\(result.errors)")
    let growing = try #require(document["growing"] as? [[String: Any]])
    let slab = try #require(growing.first { $0["id"] as? String == "slabUnreclaimable" })
    let rate = (slab["perSecond"] as? Double ?? 0) * 3600 / 1024
    #expect(abs(rate - 2048) < 20.48, "\(rate)")
    let difference = try program.run("diff", file, user: .whoeverTests)
    #expect(difference.output.contains("in 23 h"), "\(difference.output)")
    #expect(difference.lastLine.contains("grew by 46.0 MiB"), "\(difference.lastLine)")
    #expect(try program.run("show", file + "@2", user: .whoeverTests).output.contains("line 9,"))
    #expect(try program.run("show", file + "@25", user: .whoeverTests).status == 66)
  }
}
