import Foundation
import KmemTestSupport
import Testing

@Suite struct TraceTests {
  private let program: Program

  init() throws { program = try Program() }

  /// A function that keeps 128 objects a second, as the books say too; `gained` by the cache.
  private func kept(gained: Int = 7680) throws -> String {
    let row = "640 640 640 640 640 640 640 640 640 640 640 640"
    let none = "0 0 0 0 0 0 0 0 0 0 0 0"
    let text = """
      kmemcheck trace 1
      processors 2
      wall 1790000000
      windows 5 10 15 20 25 30 35 40 45 50 55 60
      sampling 1
      kinds kmalloc
      kept 7680
      lost 0
      delayed-frees 1
      interrupted 0
      cache kmalloc-2k 2048 0 \(gained) 0
      sum kmalloc 2048 -
       allocated \(row)
       left \(row)
       freed \(none)
       reused \(none)
        kmalloc_trace+0x2a/0xa0
        leaky_take+0x1c/0x40 [leaky]

      """
    return try program.home.write("kept.trace", Array(text.utf8))
  }

  @Test func `a kept trace names the function on any machine, with status 1`() throws {
    let result = try program.run("trace", try kept(), user: .whoeverTests)
    #expect(result.status == 1)
    #expect(result.output.contains("leaky_take+0x1c/0x40 [leaky]"))
    #expect(result.lastLine.hasPrefix("Verdict: the memory of leaky_take [leaky] surely rises"))
  }

  @Test func `show knows a kept trace, and says what trace says`() throws {
    let file = try kept()
    let shown = try program.run("show", file, user: .whoeverTests)
    let traced = try program.run("trace", file, user: .whoeverTests)
    #expect(shown.output == traced.output)
    #expect(shown.status == traced.status)
    let damaged = try program.home.write("cut.trace", Array("kmemcheck trace 1\nkept x\n".utf8))
    let refused = try program.run("show", damaged, user: .whoeverTests)
    #expect(refused.status == 65)
    #expect(refused.errors.contains("line 2"))
  }

  @Test func `folded stacks hold what the report says`() throws {
    let result = try program.run("trace", "--folded", try kept(), user: .whoeverTests)
    #expect(result.output == "leaky_take_[leaky];kmalloc_trace 15728640\n")
    #expect(result.status == 1)
  }

  @Test func `a kept trace without growth in the books accuses nobody, with status 0`() throws {
    let result = try program.run("trace", try kept(gained: 0), user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.contains("the books didn't grow"))
  }

  @Test func `a function that is passed over is not named`() throws {
    let result = try program.run(
      "trace", try kept(), "--skip-frame", "leaky_*", "--json", user: .whoeverTests)
    #expect(result.output.contains("\"skippedFrames\" : [\n    \"leaky_*\"\n  ]"))
  }

  @Test func `a damaged trace is refused with its line, and another file with a reason`() throws {
    let text = "kmemcheck trace 1\nkept many\n"
    let damaged = try program.home.write("damaged.trace", Array(text.utf8))
    let result = try program.run("trace", damaged, user: .whoeverTests)
    #expect(result.status == 65)
    #expect(result.errors.contains("line 2: no line of a trace"))
    let other = try program.home.write("other", Array("MemTotal: 1 kB\n".utf8))
    #expect(try program.run("trace", other, user: .whoeverTests).status == 65)
    #expect(try program.run("trace", "/nowhere/leak.trace", user: .whoeverTests).status == 66)
  }

  @Test func `targets exclude each other, and numbers have bounds`() throws {
    for arguments in [
      ["kmalloc-64", "--pages"], ["--size", "64", "--all"], ["--for", "1s"], ["--budget", "0"],
      ["--sample", "3"], ["--size", "0"],
    ] {
      let result = try program.run(arguments: ["trace"] + arguments, user: .whoeverTests)
      #expect(result.status == 64, "\(arguments)")
    }
  }

  @Test func `a number below zero is told as such, not as a missing value`() throws {
    for arguments in [
      ["trace", "--budget", "-1"], ["top", "--interval", "-5"], ["watch", "--pid", "-1"],
    ] {
      let result = try program.run(arguments: arguments, user: .whoeverTests)
      #expect(result.status == 64)
      let sentence = "\(arguments[1]) takes nothing below zero, as \(arguments[2]) is."
      #expect(result.errors.contains(sentence), "\(result.errors)")
    }
  }

  @Test(.enabled(if: Program.isRoot, "needs root"))
  func `a process that isn't there is missing input to every verb, in the same words`() throws {
    let words = "no process has the pid 4194999, or it has just ended"
    for verb in [["trace", "--for", "2s", "--pid"], ["watch", "--for", "1s", "--pid"], ["maps"]] {
      let result = try program.run(arguments: verb + ["4194999"], user: .whoeverTests)
      #expect(result.status == 66, "\(verb)")
      #expect(result.errors.contains(words), "\(verb)")
    }
  }

  @Test func `a kept trace is read from standard input too`() throws {
    let file = try kept()
    let named = try program.run("trace", file, user: .whoeverTests)
    let text = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
    let piped = try program.run("trace", "-", input: text, user: .whoeverTests)
    #expect(piped.status == named.status)
    #expect(piped.output == named.output)
  }

  @Test func `watch traces what it sees itself, and nothing else`() throws {
    for arguments in [["--replay", "x"], ["--record"], ["--pid", "1"]] {
      let result = try program.run(
        arguments: ["watch", "--trace"] + arguments, user: .whoeverTests)
      #expect(result.status == 64, "\(arguments)")
    }
  }

  @Test(.enabled(if: Program.canDropPrivileges, "needs root and a program that any user can run"))
  func `an ordinary user is told that it takes root`() throws {
    let result = try program.run("trace", "--for", "2s", user: .nobody)
    #expect(result.status == 77)
    #expect(result.errors.contains("run it with sudo"))
  }

  /// Whether the running kernel can be traced, as `status` says.
  private static let canTrace: Bool = {
    guard Program.isRoot, let program = try? Program(),
      let status = try? program.run("status", user: .whoeverTests)
    else { return false }
    return status.output.split(separator: "\n").contains { line in
      line.contains("tracing") && line.contains("yes")
    }
  }()

  @Test(.enabled(if: canTrace, "needs root on a kernel that can be traced"))
  func `the running kernel is traced, kept, and nothing stays behind`() throws {
    let file = "\(program.home.path)/own.trace"
    let mounts = try String(contentsOfFile: "/proc/mounts", encoding: .utf8)
    let result = try program.run(
      "trace", "--percpu", "--for", "3s", "-o", file, "--json", user: .whoeverTests)
    // A machine without libbpf, or a container, is told so.
    try #require([0, 1, 2, 69, 77].contains(result.status), "\(result.errors)")
    guard result.status < 3 else { return }
    #expect(result.output.contains("\"schema\" : \"kmemcheck.trace/1\""))
    #expect(try program.run("trace", file, user: .whoeverTests).status == result.status)
    #expect(try String(contentsOfFile: "/proc/mounts", encoding: .utf8) == mounts)
  }

  @Test func `a folder that isn't there is told before anything is traced`() throws {
    for option in ["-o", "--junit"] {
      let result = try program.run(
        "trace", "--for", "1d", option, "\(program.home.path)/none/x", user: .whoeverTests)
      #expect(result.status == 74)
      #expect(result.errors.contains("none/x could not be written"), "\(result.errors)")
    }
  }

  @Test(.enabled(if: canTrace, "needs root on a kernel that can be traced"))
  func `a trace of a command that is interrupted answers too`() throws {
    let result = try program.run(
      "trace", "--percpu", "--", "sh", "-c", "sleep 2; kill -TERM $PPID; sleep 30",
      user: .whoeverTests)
    guard ![69, 77].contains(result.status) else { return }
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.output.contains("Verdict: "))
  }

  @Test(.enabled(if: canTrace, "needs root on a kernel that can be traced"))
  func `what was seen is told also where the trace can't be kept`() throws {
    let result = try program.run(
      "trace", "--percpu", "--for", "2s", "-o", "/dev/full", user: .whoeverTests)
    guard ![69, 77].contains(result.status) else { return }
    #expect(result.status == 74)
    #expect(result.output.contains("Verdict: "))
    #expect(result.errors.contains("/dev/full could not be written"), "\(result.errors)")
  }

  @Test(.enabled(if: canTrace, "needs root on a kernel that can be traced"))
  func `a cache that doesn't exist is told with those that resemble it`() throws {
    let result = try program.run("trace", "kmalloc-63", "--for", "2s", user: .whoeverTests)
    try #require(result.status != 69)
    #expect(result.status == 66)
    #expect(result.errors.contains("kmalloc-"))
  }
}
