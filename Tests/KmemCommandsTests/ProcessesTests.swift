import Foundation
import KmemTestSupport
import Testing

/// `top processes` against the tool that everybody knows, and its manners.
@Suite struct ProcessesTests {
  private let program: Program

  init() throws { program = try Program() }

  private func processes(_ arguments: String...) throws -> [[String: Any]] {
    let result = try program.run(
      arguments: ["top", "processes", "--json"] + arguments, user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require((document as? [String: Any])?["processes"] as? [[String: Any]])
  }

  private static let smem = "/usr/bin/smem"

  /// What smem says of a process in KiB: pid, swap, USS, PSS, RSS, VSS, and its mappings.
  private func listed(_ pid: Int) throws -> [Int] {
    let columns = "pid swap uss pss rss vss maps"
    let words = try #require(Tool.output(Self.smem, "-H", "-c", columns))
      .split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
      .first { $0.first == pid }
    return try #require(words.flatMap { $0.count == 7 ? $0 : nil })
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: smem), "needs smem"),
    .enabled(if: StoppedProgram.hasBusybox, "needs busybox-static"))
  func `the numbers of stopped processes are smem's`() throws {
    let fill = "x=$(head -c 2000000 /dev/zero | tr '\\0' x); read y"
    let stopped = [
      try #require(StoppedProgram.alone(["sh", "-c", fill], in: program.home)),
      try #require(StoppedProgram.alone(["sleep", "1000"], in: program.home)),
    ]
    let looks = try stopped.map { try listed($0.pid) }
    let ours = try processes()
    for (process, words) in zip(stopped, looks) {
      let own = try #require(ours.first { $0["pid"] as? Int == process.pid })
      func kibibytes(_ key: String) -> Int { (own[key] as? Int ?? -1024) / 1024 }
      #expect(own["origin"] as? String == "smaps_rollup")
      #expect(kibibytes("swap") == words[1])
      #expect(kibibytes("uss") == words[2])
      // smem adds up what was rounded down for each mapping, at most 1 KiB each.
      #expect(words[3]...(words[3] + words[6]) ~= kibibytes("pss"))
      #expect(kibibytes("rss") == words[4])
      // It counts the kernel's vsyscall page, which is no memory of the process.
      #expect([0, 4].contains(words[5] - kibibytes("vss")))
    }
  }

  @Test func `an ordinary user is told how many processes he could not read`() throws {
    try #require(Program.canDropPrivileges)
    let result = try program.run("top", "processes")
    #expect(result.status == 0)
    // What ended meanwhile is told between the two.
    #expect(result.output.contains(" denied"))
    #expect(result.output.contains("; run as root to read those denied"))
    #expect(result.output.contains("~ is RssAnon of status"))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func `without time the cheap numbers are told, and what is missing`() throws {
    let result = try program.run(
      "top", "--processes", "--budget", "0.01", "--by", "command", "-n", "3", user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.contains("processes"))
  }

  @Test func `a snapshot keeps its processes, unless they are left out or redacted`() throws {
    let folder = program.home.path
    let run = { (arguments: [String]) in
      try program.run(arguments: arguments, user: .whoeverTests)
    }
    #expect(try run(["snap", "-o", "\(folder)/all.tar.zst"]).output.contains(" processes"))
    let top = try run(["top", "--processes", "\(folder)/all.tar.zst"])
    #expect(top.status == 0)
    #expect(top.output.contains("kmemcheck snap -o"))
    #expect(try run(["snap", "--no-processes", "-o", "\(folder)/none.tar.zst"]).status == 0)
    let none = try run(["top", "--processes", "\(folder)/none.tar.zst"])
    #expect(none.status == 66)
    #expect(none.errors.contains("the capture holds no processes"))
    #expect(try run(["snap", "--redact", "-o", "\(folder)/redacted.tar.zst"]).status == 0)
    let redacted = try run(["top", "--processes", "\(folder)/redacted.tar.zst", "-v"])
    #expect(redacted.status == 0)
    #expect(!redacted.output.contains("snap --redact"))
    #expect(redacted.output.contains("redacted"))
    #expect(!redacted.output.contains("[kmemcheck]"))
  }

  @Test func `control groups of the running machine, or why there are none`() throws {
    let result = try program.run("top", "--cgroups", user: .whoeverTests)
    #expect([0, 66].contains(result.status))
    #expect(result.output.contains("Control groups") || result.errors.contains("control group"))
  }
}
