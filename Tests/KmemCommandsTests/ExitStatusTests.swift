import Foundation
import KmemAnalysis
import KmemTestSupport
import Testing

/// The statuses that scripts rely on, each with the sentence that goes with it.
@Suite struct ExitStatusTests {
  private let program: Program
  private let before = Fixture.path("synthetic/4.18-vmalloc-leak-before")
  private let after = Fixture.path("synthetic/4.18-vmalloc-leak-after")

  init() throws { program = try Program() }

  /// Runs as whoever tests: the fixtures may lie where nobody else can read them.
  private func run(_ arguments: String..., input: [UInt8]? = nil) throws -> Program.Result {
    try program.run(arguments: arguments, input: input, user: .whoeverTests)
  }

  @Test func `0: what is shown is shown, whatever it says`() throws {
    let result = try run("diff", before, after)
    #expect(result.status == 0)
    #expect(result.lastLine.hasPrefix("Verdict: growing, cause unknown."))
    #expect(try run("show", Fixture.path("synthetic/6.1-numa-17-orders")).status == 0)
  }

  @Test func `1: growth over the limit`() throws {
    #expect(try run("diff", before, after, "--fail-on", "8MiB").status == 1)
    #expect(try run("diff", before, after, "--fail-on", "64MiB").status == 1)
    #expect(try run("diff", before, after, "--fail-on", "65MiB").status == 0)
    #expect(try run("diff", before, before, "--fail-on", "1").status == 0)
  }

  @Test func `1: a finding of the severity given`() throws {
    let swap = Fixture.path("synthetic/2.6.32-slab-swap")
    #expect(try run("show", swap, "--fail-on", "warning").status == 1)
    #expect(try run("show", swap, "--fail-on", "critical").status == 0)
  }

  /// The severities that `show` finds in a fixture.
  private func severities(_ path: String) throws -> [Finding.Severity] {
    let document = try JSONSerialization.jsonObject(
      with: Data(try run("show", path, "--json").output.utf8))
    let findings = try #require((document as? [String: Any])?["findings"] as? [[String: Any]])
    return findings.compactMap { ($0["severity"] as? String).flatMap(Finding.Severity.init) }
  }

  @Test(
    arguments: Finding.Severity.allCases,
    ["2.6.32-slab-swap", "6.1-numa-17-orders", "lxcfs-container"])
  func `1: --fail-on takes every severity there is`(
    least: Finding.Severity, fixture: String
  ) throws {
    let path = Fixture.path("synthetic/\(fixture)")
    let isFound = try severities(path).contains { $0 >= least }
    let result = try run("show", path, "--fail-on", least.rawValue)
    #expect(result.status == (isFound ? 1 : 0), "\(result.errors)")
  }

  @Test func `every severity is found in some fixture`() throws {
    let found =
      try severities(Fixture.path("synthetic/lxcfs-container"))
      + severities(Fixture.path("synthetic/6.1-numa-17-orders"))
    #expect(Set(found) == Set(Finding.Severity.allCases))
  }

  @Test func `2: two machines have no growth`() throws {
    let other = Fixture.path("captures/6.18-guest-before")
    let result = try run("diff", before, other, "--fail-on", "8MiB")
    #expect(result.status == 2)
    #expect(result.lastLine.hasPrefix("Verdict: not enough data."))
  }

  @Test func `2: nothing but meminfo tells nothing about kmemleak`() throws {
    try program.home.write("tree/proc/meminfo", Array("MemTotal: 10 kB\n".utf8))
    #expect(try run("status", "--root", program.home.path + "/tree").status == 2)
  }

  @Test(arguments: [("shwo", "show"), ("snpa", "snap"), ("dif", "diff"), ("stauts", "status")])
  func `64: a mistyped command gets a suggestion`(typed: String, meant: String) throws {
    let result = try run(typed)
    #expect(result.status == 64)
    #expect(result.errors.contains("Did you mean '\(meant)'?"))
    #expect(result.output.isEmpty)
  }

  @Test func `64: a word that is like no command gets the list of them`() throws {
    let result = try run("frobnicate")
    #expect(result.status == 64)
    #expect(!result.errors.contains("Did you mean"))
    for verb in HelpTests.verbs { #expect(result.errors.contains(" \(verb),"), "\(verb)") }
  }

  @Test(arguments: [
    ["show", "--jsno"], ["diff", "--fail-on", "much"], ["show", "--color", "red"],
    ["show", "@"], ["show", "@0"], ["diff", "soon ago"],
  ]) func `64: what can't be meant`(arguments: [String]) throws {
    let result = try program.run(arguments: arguments, user: .whoeverTests)
    #expect(result.status == 64, "\(result.errors)")
    #expect(!result.errors.isEmpty)
  }

  @Test func `65: text that is no kernel file is refused with its name`() throws {
    let file = try program.home.write("meminfo", Array("cat: Permission denied\n".utf8))
    let result = try run("show", file)
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("meminfo"))
  }

  @Test func `65: an archive that is cut is named`() throws {
    let file = try program.home.write("a.tar.zst", [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0x21])
    let result = try run("show", file)
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("a.tar.zst"))
  }

  @Test func `65: an empty folder says what was looked for`() throws {
    let result = try run("show", program.home.path + "/.")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("proc/meminfo"))
  }

  @Test func `66: there is no such input`() throws {
    #expect(try run("show", "/nonexistent/capture").status == 66)
    #expect(try run("diff", "no-such-label", before).status == 66)
    let result = try run("status", "--config", "/nonexistent")
    #expect(result.status == 66)
    #expect(result.errors.contains("/nonexistent"))
  }

  @Test func `74: a full disk takes no answer`() throws {
    let result = try program.run("show", before, user: .whoeverTests, output: "/dev/full")
    #expect(result.status == 74)
    #expect(result.errors.contains("could not write"))
  }

  @Test func `74: a capture that can't be written`() throws {
    let result = try run("snap", "-o", "/dev/full/x")
    #expect(result.status == 74, "\(result.errors)")
  }

  @Test(.enabled(if: Program.canDropPrivileges, "needs a user without privileges"))
  func `77: a folder that may not be read`() throws {
    try program.home.write("secret/proc/meminfo", Array("MemTotal: 10 kB\n".utf8))
    let folder = program.home.path + "/secret"
    try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder)
    let result = try program.run("show", folder)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    #expect(result.status == 77, "\(result.errors)")
    #expect(result.errors.contains(folder))
  }
}
