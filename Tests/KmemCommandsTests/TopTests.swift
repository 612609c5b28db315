import Foundation
import KmemTestSupport
import Testing

/// The subcommands of `top`, and the flags that mean them.
@Suite struct TopTests {
  private let program: Program
  private let fixture = Fixture.path("captures/6.18-guest-after")

  init() throws { program = try Program() }

  private func top(_ arguments: [String]) throws -> Program.Result {
    try program.run(arguments: ["top"] + arguments, user: .whoeverTests)
  }

  /// The schema of the answer, which tells what was looked at.
  private func schema(_ arguments: [String]) throws -> String {
    let result = try top(arguments + ["--json"])
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require((document as? [String: Any])?["schema"] as? String)
  }

  @Test func `the kernel's memory is what is shown without a subcommand`() throws {
    for options in [[], ["--only", "caches", "-n", "30"], ["--sort", "name", "-v"]] {
      let implied = try top(options + [fixture])
      #expect(implied.status == 0, "\(implied.errors)")
      #expect(implied.output == (try top(["kernel"] + options + [fixture])).output)
    }
    #expect(try schema(["--interval", "0.1"]) == "kmemcheck.top/2")
  }

  @Test(arguments: [
    ["processes"], ["--processes"], ["-n", "3", "--processes"], ["-n", "3", "processes"],
    ["--processes", "--by", "user", "--sort", "pss"], ["--by", "command", "--processes", "now"],
    ["processes", "--sort", "growth", "--interval", "0.1"], ["processes", "--sort", "name"],
  ]) func `processes by subcommand and by flag`(arguments: [String]) throws {
    #expect(try schema(arguments) == "kmemcheck.processes/1")
  }

  @Test func `control groups by subcommand and by flag`() throws {
    // There may be none here, which both say in the same way.
    let (word, flag) = (try top(["cgroups", "--sort", "kernel"]), try top(["--cgroups"]))
    #expect([0, 66].contains(word.status), "\(word.errors)")
    #expect(word.status == flag.status)
    guard word.status == 0 else { return }
    #expect(try schema(["--sort", "kernel", "cgroups"]) == "kmemcheck.cgroups/1")
    #expect(try schema(["--cgroups", "--interval", "0.1"]) == "kmemcheck.cgroups/1")
  }

  @Test(arguments: [
    (["--by", "user"], "--by sums processes and is for kmemcheck top processes only"),
    (["--budget", "3"], "kmemcheck top processes"),
    (["--cgroups", "--by=user"], "not for cgroups"),
    (["--processes", "--only", "caches"], "--only chooses a table"),
    (["--processes", "--cgroups"], "one at a time"),
    (["kernel", "--processes"], "one at a time"),
    (["cgroups", "--sort", "uss"], "memory"), (["--sort", "held", "--processes"], "uss"),
    (["--sort", "uss"], "'held', 'growth'"),
    (["processes", "--sort", "growth"], "--sort growth needs --interval SECONDS."),
    (["cgroups", "--sort", "growth"], "--sort growth needs --interval SECONDS."),
    (["processes", "--budget", "0"], "--budget takes seconds"),
    (["processes", "--interval", "0"], "--interval takes seconds"),
    (["--interval", "1", "@last"], "a snapshot doesn't change"),
    (["cgroups", "-n", "0"], "-n takes"),
  ]) func `what doesn't go together is refused with a reason`(
    arguments: [String], reason: String
  ) throws {
    let result = try top(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(reason), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func `a folder named like a subcommand is reached by its path`() throws {
    try program.home.write("processes/proc/meminfo", Array("MemTotal: 10 kB\n".utf8))
    #expect(try top(["./processes"]).status == 0)
  }
}
