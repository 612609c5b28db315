import Foundation
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

  @Test func `an empty report ends well and says that it proves nothing`() throws {
    let result = try Program().run("leaks", "/dev/null", user: .whoeverTests)
    #expect(result.status == 0)
    let last = result.output.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("Verdict: the report lists no unreferenced object"))
    #expect(last.contains("proves nothing"))
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
}
