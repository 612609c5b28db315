import Foundation
import Glibc
import KmemTestSupport
import Testing

/// `kmemcheck leaks` as its user sees it: input, exit status, the last line.
@Suite struct LeaksTests {
  private static let seeds = "\(Fixture.folder)/../Tests/Fuzz/seeds/Kmemleak"

  private func text(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.seeds)/\(name)")))
  }

  @Test(arguments: ["4.14", "6.15-percpu", "log", "mail"])
  func `objects in a file or on standard input are findings`(name: String) throws {
    let program = try Program()
    let file = try program.run("leaks", "\(Self.seeds)/\(name)", user: .whoeverTests)
    #expect(file.status == 1)
    #expect(file.output.contains("1. 1 object"))
    let piped = try program.run("leaks", "-", input: try text(name), user: .whoeverTests)
    #expect(piped.status == 1)
    #expect(
      piped.output.split(separator: "\n").dropFirst()
        == file.output.split(separator: "\n").dropFirst())
  }

  @Test(arguments: ["", "-z", "-J", "--zstd"])
  func `an archive may come through a pipe`(compression: String) throws {
    let program = try Program()
    let (home, path) = (program.home.path, "\(program.home.path)/pipe")
    try program.home.write("machine/sys/kernel/debug/kmemleak", try text("4.14"))
    try #require(unsafe mkfifo(path, 0o600) == 0)
    let writer = try Process.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "cd '\(home)' && tar c \(compression) machine > pipe"])
    let result = try program.run("leaks", path, user: .whoeverTests)
    writer.waitUntilExit()
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("1. 1 object"))
  }

  @Test(arguments: ["gzip", "xz", "zstd"])
  func `a compressed report reads as it does unpacked, from a file and from a pipe`(
    compression: String
  ) throws {
    let program = try Program()
    let text = try text("4.14")
    try program.home.write("kmemleak.txt", text)
    let packer = try Process.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "cd '\(program.home.path)' && \(compression) -c kmemleak.txt > packed"])
    packer.waitUntilExit()
    let packed = "\(program.home.path)/packed"
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: packed)))
    let plain = try program.run("leaks", "-", input: text, user: .whoeverTests)
    let piped = try program.run("leaks", "-", input: bytes, user: .whoeverTests)
    #expect(piped.output == plain.output && piped.status == 1)
    let file = try program.run("leaks", packed, user: .whoeverTests)
    #expect(file.status == 1, "\(file.errors)")
    #expect(
      file.output.split(separator: "\n").dropFirst()
        == plain.output.split(separator: "\n").dropFirst())
  }

  @Test func `a compressed report that breaks off is read as far as it goes, and says so`() throws {
    let program = try Program()
    let report = String(decoding: try text("4.14"), as: UTF8.self)
    let lines = (0..<30_000).map { "noise \($0 &* 2_654_435_761) that doesn't compress well" }
    try program.home.write("long.txt", Array((report + lines.joined(separator: "\n")).utf8))
    let packer = try Process.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "cd '\(program.home.path)' && gzip -c long.txt | head -c 150000 > cut.gz"])
    packer.waitUntilExit()
    let read = try program.run("leaks", "\(program.home.path)/cut.gz", user: .whoeverTests)
    #expect(read.output.contains("1. 1 object"), "\(read.errors)")
    #expect(read.errors.contains("it can't be unpacked to its end"), "\(read.errors)")
  }

  @Test(.enabled(if: Program.canMount, "no folder may be mounted at /sys/kernel/debug here"))
  func `who may not read the machine's own report gets a status of its own`() throws {
    let program = try Program()
    try program.home.write("debug/kmemleak", try text("4.14"))
    let folder = "\(program.home.path)/debug"
    let readable = try program.run("leaks", user: .nobodySeeing(debugfs: folder))
    #expect(readable.status == 1, "\(readable.errors)")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder)
    let denied = try program.run("leaks", user: .nobodySeeing(debugfs: folder))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    #expect(denied.status == 77)
    #expect(denied.errors.contains("only root may read it"), "\(denied.errors)")
    #expect(denied.output.isEmpty)
  }

  @Test func `an empty report ends well if it is known to be one`() throws {
    let program = try Program()
    try program.home.write("host1-kmemleak.txt", [])
    let said = try program.run("leaks", "/dev/null", "--report", user: .whoeverTests)
    let named = try program.run(
      "leaks", "\(program.home.path)/host1-kmemleak.txt", user: .whoeverTests)
    for result in [said, named] {
      #expect(result.status == 0)
      let last = result.output.split(separator: "\n").last ?? ""
      #expect(last.hasPrefix("Verdict: the report lists no unreferenced object"))
      #expect(last.contains("proves nothing"))
    }
    let unknown = try program.run("leaks", "/dev/null", user: .whoeverTests)
    #expect(unknown.status == 2 && unknown.output.contains("--report"), "\(unknown.output)")
  }

  @Test(arguments: [
    (
      "[ 1051.771867] kmemleak: 17 new suspected memory leaks (see /sys/kernel/debug/kmemleak)\n",
      "announces 17 objects"
    ),
    ("[ 8213.936237] kmemleak: Kernel memory leak detector disabled\n", "disabled (line 1)"),
    ("[   12.345678] usb 1-1: new high-speed USB device\n", "nothing here says that kmemleak ran"),
    ("unreferenced object 0xffffff806ef81480\n", "can't be read"),
  ])
  func `a text that leaves it open has a status of its own`(text: String, words: String) throws {
    let result = try Program().run("leaks", "-", input: Array(text.utf8), user: .whoeverTests)
    #expect(result.status == 2 && result.output.contains(words), "\(result.output)")
    #expect(!result.output.contains("no unreferenced object"))
  }

  @Test func `a kernel file of another kind is told the verb that reads it`() throws {
    let slabinfo =
      "slabinfo - version: 2.1\n# name <active_objs>\nkmalloc-512 1 1 512 32 4 : "
      + "tunables 0 0 0 : slabdata 1 1 0\n"
    let result = try Program().run("leaks", "-", input: Array(slabinfo.utf8), user: .whoeverTests)
    #expect(result.status == 65)
    #expect(result.errors.contains("/proc/slabinfo: kmemcheck show"), "\(result.errors)")
  }

  @Test func `a user's own allocators are skipped, by option and by file`() throws {
    let program = try Program()
    let seed = "\(Self.seeds)/4.14"
    let result = try program.run(
      "leaks", seed, "--skip-frame", "prepare_exec_c*", "--json", user: .whoeverTests)
    #expect(result.status == 1)
    #expect(result.output.contains("prepare_exec_c*"), "\(result.output)")
    let wrong = try program.run("leaks", seed, "--skip-frame", "*", user: .whoeverTests)
    #expect(wrong.status == 64 && wrong.errors.contains("every function"), "\(wrong.errors)")
    try program.home.write(".config/kmemcheck/skip-frames", Array("# ours\na b c\n".utf8))
    let broken = try program.run("leaks", seed, user: .whoeverTests)
    #expect(broken.status == 64 && broken.errors.contains("skip-frames:2"), "\(broken.errors)")
  }

  @Test func `what is no report, and what isn't there, have exit statuses of their own`() throws {
    let program = try Program()
    let prose = Array("total nonsense\n".utf8)
    #expect(try program.run("leaks", "-", input: prose, user: .whoeverTests).status == 65)
    #expect(try program.run("leaks", "/nowhere/at/all", user: .whoeverTests).status == 66)
    let fixture = Fixture.path("synthetic/3.10-slub")
    #expect(try program.run("leaks", fixture, user: .whoeverTests).status == 66)
    let mistyped = try program.run(
      "leaks", "/dev/null", "--object", "there", user: .whoeverTests)
    #expect(mistyped.status == 64)
  }

  @Test func `a suppressed report ends well, and one without reason is refused`() throws {
    let program = try Program()
    try program.home.write(
      "good", Array("{\n  reason: known\n  frame: prepare_exec_creds\n}\n".utf8))
    try program.home.write("bad", Array("{\n  frame: prepare_exec_creds\n}\n".utf8))
    let seed = "\(Self.seeds)/4.14"
    let good = try program.run(
      "leaks", seed, "--suppressions", "\(program.home.path)/good", user: .whoeverTests)
    #expect(good.status == 0)
    #expect(good.output.contains("all of the report is suppressed: 1 object"))
    let bad = try program.run(
      "leaks", seed, "--suppressions", "\(program.home.path)/bad", user: .whoeverTests)
    #expect(bad.status == 65)
  }

  @Test func `JUnit goes to a file`() throws {
    let program = try Program()
    let file = "\(program.home.path)/leaks.xml"
    let result = try program.run(
      "leaks", "\(Self.seeds)/4.14", "--junit", file, user: .whoeverTests)
    #expect(result.status == 1)
    let xml = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    #expect(xml.contains("failures=\"1\"") && xml.contains("prepare_exec_creds"))
  }

  @Test(arguments: ["modules", "owners", "processes", "scan"])
  func `a broken file of ours in a capture is named`(name: String) throws {
    let program = try Program()
    try program.home.write("machine/sys/kernel/debug/kmemleak", try text("4.14"))
    try program.home.write("machine/proc/meminfo", Array(MeminfoText.balanced().utf8))
    try program.home.write("machine/kmemcheck/\(name).json", Array("{".utf8))
    for verb in ["show", "leaks"] {
      let result = try program.run(verb, "\(program.home.path)/machine", user: .whoeverTests)
      #expect(
        result.output.contains("kmemcheck/\(name).json: can't be understood"),
        "\(verb): \(result.output)")
    }
  }

  @Test func `what scans were worth is read from a capture, also in its older form`() throws {
    let program = try Program()
    try program.home.write("machine/sys/kernel/debug/kmemleak", try text("4.14"))
    let facts = """
      {"alarms": [], "isAliveAtEnd": true, "isInterrupted": false, "minimumAge": 5, "readings": 1,
       "scanner": "the automatic scanner was stopped meanwhile and runs again",
       "scans": [{"seconds": 1, "start": 300}, {"seconds": 1, "start": 306}]}
      """
    try program.home.write("machine/kmemcheck/scan.json", Array(facts.utf8))
    let result = try program.run("leaks", "\(program.home.path)/machine", user: .whoeverTests)
    #expect(result.output.contains("2 complete scans, the first two 5.0 s apart"))
    #expect(result.output.contains("was stopped meanwhile and runs again"))
    #expect(result.lastLine.contains("leak suspected"))
  }
}
