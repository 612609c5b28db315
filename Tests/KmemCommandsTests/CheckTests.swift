import Foundation
import KmemTestSupport
import Testing

/// `kmemcheck check` as its user sees it: the command untouched, its status, the verdict.
@Suite struct CheckTests {
  private func check(_ words: String..., command: [String]) throws -> Program.Result {
    let program = try Program()
    return try program.run(
      arguments: ["check", "--no-kmemleak", "--settle", "0"] + words + ["--"] + command,
      user: .whoeverTests)
  }

  /// Ten processes that ran on were told as nothing, as open files or as cache.
  @Test func `processes that the command leaves are named, and ended ones aren't`() throws {
    let left = try check("--repeat", "3", command: ["sh", "-c", "sleep 61 >/dev/null 2>&1 &"])
    _ = try? Process.run(URL(fileURLWithPath: "/usr/bin/pkill"), arguments: ["-xf", "sleep 61"])
    #expect(left.output.contains("3 processes sleep (pid "), "\(left.output)")
    let gone = try check(
      "--repeat", "3", command: ["sh", "-c", "(sleep 0.1 &) >/dev/null 2>&1; sleep 0.3"])
    #expect(!gone.output.contains("processes sleep"), "\(gone.output)")
  }

  @Test(arguments: [
    (["sh", "-c", "exit 7"], 7), (["false"], 1), (["sh", "-c", "kill -KILL $$"], 137),
    (["/nowhere/at/all"], 127), (["/etc/passwd"], 126),
  ]) func `the status of a command that fails is passed on`(command: [String], status: Int) throws {
    #expect(try check(command: command).status == Int32(status))
  }

  @Test func `the command's output stays its own where the report goes to a file`() throws {
    let folder = try TemporaryFolder()
    let report = "\(folder.path)/report"
    let result = try check("-o", report, command: ["sh", "-c", "echo out; echo err >&2"])
    #expect(result.output == "out\n" && result.errors == "err\n")
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: report)), as: UTF8.self)
    #expect(text.contains("checked: sh -c echo out; echo err >&2, run once"))
    #expect(text.contains("growth alone, without kmemleak (not wanted)"))
    #expect(text.split(separator: "\n").last?.hasPrefix("Verdict: ") == true)
  }

  @Test func `a command that fails isn't run again`() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/count"
    let result = try check(
      "--repeat", "5", command: ["sh", "-c", "echo x >>\(file); test $(wc -l <\(file)) -lt 3"])
    #expect(result.status == 1)
    let count = try Data(contentsOf: URL(fileURLWithPath: file)).count { $0 == 10 }
    #expect(count == 3)
    #expect(result.output.contains("run 3 times of 5"))
  }

  @Test func `standard input and the environment reach the command`() throws {
    let program = try Program()
    let result = try program.run(
      arguments: ["check", "--no-kmemleak", "--settle", "0", "-q", "-o", "/dev/null", "--", "cat"],
      input: Array("hello\n".utf8), user: .whoeverTests)
    #expect(result.output == "hello\n")
  }

  @Test func `no command is a mistake`() throws {
    #expect(try Program().run(arguments: ["check"], user: .whoeverTests).status == 64)
    #expect(
      try Program().run(arguments: ["check", "--repeat", "0", "--", "true"], user: .whoeverTests)
        .status == 64)
  }

  @Test func `a check that is asked to end answers with what was seen`() throws {
    let result = try check(
      "--repeat", "1000", command: ["sh", "-c", "sleep 0.2; kill -TERM $PPID; sleep 60"])
    #expect(result.status == 143)
    #expect(result.lastLine.contains("no result: interrupted"))
    #expect(result.output.contains("run once of 1000"))
  }

  @Test func `an interrupted check ends with status 130 and without a clean verdict`() throws {
    // The child ends at once; the signal that it sends us is held back until it has.
    let result = try check(
      "--repeat", "3", command: ["sh", "-c", "kill -INT $PPID; sleep 0.2"])
    #expect(result.status == 130)
    #expect(result.lastLine.contains("no result: interrupted"))
  }
}
