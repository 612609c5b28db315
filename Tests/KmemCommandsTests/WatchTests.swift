import Foundation
import KmemTestSupport
import Testing

/// `kmemcheck watch` on the running machine, for a few seconds.
@Suite(.serialized) struct WatchTests {
  private let program: Program

  init() throws { program = try Program() }

  private var history: String { "\(program.home.path)/watch.sqlite" }

  private func verdict(_ text: String) -> String {
    text.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test func `too few samples are status 2, and the verdict is the last line`() throws {
    let result = try program.run(
      "watch", "--fresh", "--for", "1s", "--interval", "0.2", user: .whoeverTests)
    #expect(result.status == 2, "\(result.errors)")
    #expect(verdict(result.output).hasPrefix("Verdict: not enough data. "))
    #expect(verdict(result.output).contains("it takes 15"))
    #expect(result.output.contains("memory in use"))
    #expect(result.output.contains("kmemcheck watch --for "))
  }

  @Test func `interrupted, what was sampled is judged, with status 130`() throws {
    let process = try program.start(
      ["watch", "--fresh", "--for", "60s", "--interval", "0.1"], user: .whoeverTests,
      output: try program.home.write("answer", []))
    Thread.sleep(forTimeInterval: 4)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    let data = FileManager.default.contents(atPath: "\(program.home.path)/answer") ?? Data()
    let text = String(decoding: data, as: UTF8.self)
    #expect(verdict(text).hasPrefix("Verdict: interrupted; up to then "), "\(text)")
  }

  @Test func `a stopped and continued watch goes on`() throws {
    let process = try program.start(
      ["watch", "--fresh", "--for", "3s", "--interval", "0.2", "-q"], user: .whoeverTests)
    Thread.sleep(forTimeInterval: 1)
    kill(process.processIdentifier, SIGTSTP)
    Thread.sleep(forTimeInterval: 0.5)
    kill(process.processIdentifier, SIGCONT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect([0, 1, 2].contains(process.terminationStatus))
  }

  @Test func `what was recorded can be judged again, listed, given away, and gone on with`() throws
  {
    let record = try program.run(
      "watch", "--record", "--history", history, "--for", "4s", "--interval", "0.2", "-q",
      user: .whoeverTests)
    #expect([0, 1, 2].contains(record.status), "\(record.errors)")
    let replay = try program.run("watch", "--replay", history, user: .whoeverTests)
    #expect([0, 1, 2].contains(replay.status), "\(replay.errors)")
    #expect(verdict(replay.output).hasPrefix("Verdict: "))
    let resumed = try program.run(
      "watch", "--history", history, "--for", "20s", "--interval", "0.2", "--json",
      user: .whoeverTests)
    let json = try JSONSerialization.jsonObject(with: Data(resumed.output.utf8))
    let document = try #require(json as? [String: Any])
    #expect((document["recordedSeconds"] as? Double ?? 0) > 2)

    let csv = try program.run("export", "--csv", history, user: .whoeverTests)
    let lines = csv.output.split(separator: "\n")
    #expect(lines.first == "boot,host,kind,id,title,unit,seconds,time,value")
    #expect(lines.contains { $0.contains(",class,anonymous,anonymous,bytes,") })
    let ndjson = try program.run("export", "--ndjson", history, user: .whoeverTests)
    #expect(ndjson.output.split(separator: "\n").count == lines.count - 1)
    for line in ndjson.output.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `the store's own history is listed`() throws {
    try #require(Program.canDropPrivileges)
    let record = try program.run(
      "watch", "--record", "--for", "1s", "--interval", "0.2", "-q")
    #expect(record.status == 2, "\(record.errors)")
    let list = try program.run("list")
    #expect(list.output.contains("\(program.store)/watch.sqlite"))
    #expect(list.output.contains("watch --record"))
  }

  @Test func `a recorder that is killed leaves what it had recorded`() throws {
    let process = try program.start(
      ["watch", "--record", "--history", history, "--interval", "0.1", "-q"], user: .whoeverTests)
    Thread.sleep(forTimeInterval: 4)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let replay = try program.run("watch", "--replay", history, "--json", user: .whoeverTests)
    #expect(replay.output.contains("\"samples\" : "), "\(replay.errors)")
    #expect([0, 1, 2].contains(replay.status))
  }

  @Test func `a history of a newer version and a foreign file are refused with a sentence`() throws
  {
    let made = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.executescript(sys.argv[2])"
    let newer = "\(program.home.path)/newer.sqlite"
    let table = "CREATE TABLE a(b); PRAGMA user_version = 99; PRAGMA application_id = 1802330987;"
    try #require(Tool.run("/usr/bin/env", ["python3", "-c", made, newer, table])?.status == 0)
    let notes = try program.home.write("notes.txt", Array("these are my own notes\n".utf8))
    for (file, words) in [(newer, "written by a newer kmemcheck"), (notes, "is no history")] {
      let result = try program.run(
        "watch", "--record", "--history", file, "--for", "1s", user: .whoeverTests)
      #expect(result.status == 65)
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(try program.run("watch", "--replay", file, user: .whoeverTests).status == 65)
    }
    #expect(try program.run("watch", "--replay", "/nowhere", user: .whoeverTests).status == 66)
    #expect(
      try program.run(
        "watch", "--record", "--history", "/proc/nowhere/x", "--for", "1s", user: .whoeverTests
      ).status == 74)
  }

  @Test(.enabled(if: Program.isRoot && Program.canMount, "needs root, to mount a small disk"))
  func `a full disk is said once, and sampling goes on`() throws {
    let disk = "\(program.home.path)/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let command = """
      mount -t tmpfs -o size=256k none \(disk) && exec "$0" watch --record \
      --history \(disk)/watch.sqlite --for 6s --interval 0.1 --fresh
      """
    let result = try #require(
      Tool.run("/usr/bin/unshare", ["-m", "/bin/sh", "-c", command, Program.executable]))
    #expect([0, 1, 2].contains(result.status), "\(result.output)")
    let sentences = result.output.split(separator: "\n").filter { $0.contains("Sampling goes on") }
    #expect(sentences.count == 1, "\(result.output)")
    #expect(verdict(result.output).hasPrefix("Verdict: "))
  }

  @Test(arguments: [
    ["--interval", "0"], ["--for", "soon"], ["--replay", "x", "--record"], ["--boot", "1"],
    ["--keep-days", "0", "--record"],
  ]) func `a mistake on the command line is told`(words: [String]) throws {
    let result = try program.run(arguments: ["watch"] + words, user: .whoeverTests)
    #expect(result.status == 64, "\(words)")
  }

  @Test(arguments: ["watch", "trace"]) func `a process that isn't there is missing input`(
    verb: String
  ) throws {
    let words = [verb, "--pid", "999999999"]
    let result = try program.run(arguments: words, user: .whoeverTests)
    // An ordinary user may not trace, which is told first.
    #expect(result.status == 66 || verb == "trace" && geteuid() != 0, "\(result.errors)")
  }
}
