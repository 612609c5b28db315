import Foundation
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

  @Test func `a folder without a capture says what was wrong with the first file`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "hello\n".write(toFile: "\(folder)/notes", atomically: true, encoding: .utf8)
    let (result, _) = try replay()
    #expect(result.status == 65)
    #expect(result.errors.contains("notes"), "\(result.errors)")
  }
}
