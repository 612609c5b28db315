import Foundation
import KmemTestSupport
import Testing

@Suite struct HelpTests {
  static let verbs = [
    "snap", "show", "diff", "watch", "top", "trace", "leaks", "status", "list", "export", "metrics",
    "fleet", "redact", "report",
  ]

  @Test(arguments: verbs) func `a command's help opens with its command lines`(verb: String) throws
  {
    let result = try Program().run(verb, "--help", user: .whoeverTests)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    let first = try #require(lines.firstIndex { $0.hasPrefix("kmemcheck \(verb)") })
    let usage = try #require(lines.firstIndex { $0.hasPrefix("USAGE") })
    #expect(first < usage)
    #expect(first <= 3)
    #expect(lines.dropFirst(first).prefix { $0.hasPrefix("kmemcheck \(verb)") }.count >= 2)
  }

  @Test(arguments: ["kernel", "processes", "cgroups"])
  func `a subcommand's help opens with its command lines`(kind: String) throws {
    let result = try Program().run("help", "top", kind, user: .whoeverTests)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.dropFirst().prefix { $0.hasPrefix("kmemcheck top") }.count >= 2)
    let option = try Program().run("top", kind, "--help", user: .whoeverTests)
    #expect(option.output == result.output)
    #expect(try Program().run("top", "--help").output.contains("\n  \(kind) "))
  }

  @Test func `the program's help opens with command lines and names every command`() throws {
    let result = try Program().run("--help", user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.contains("kmemcheck snap --label before"))
    for verb in Self.verbs { #expect(result.output.contains("\n  \(verb) ")) }
  }

  @Test(arguments: verbs + [""])
  func `prose of the help isn't broken a second time`(verb: String) throws {
    let result = try Program().run(
      verb.isEmpty ? "--help" : verb, "--help", user: .whoeverTests)
    let prose = result.output.components(separatedBy: "USAGE")[0].split(separator: "\n")
    for line in prose {
      #expect(line.count <= 80)
      // A line that was too long leaves a short rest behind, which ends no sentence.
      #expect(line.count > 30 || line.last == ".", "\(line)")
    }
  }

  @Test func `the version is one line`() throws {
    let result = try Program().run("--version", user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.wholeMatch(of: /kmemcheck [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }
}
