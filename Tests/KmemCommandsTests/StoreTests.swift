import Foundation
import KmemTestSupport
import Testing

/// Captures in the store of a user without privileges, in a home of the test's own.
@Suite(
  .enabled(if: Program.canDropPrivileges, "needs a user without privileges who can run the build"))
struct StoreTests {
  private let program: Program

  init() throws { program = try Program() }

  private var captures: [String] {
    program.home.files.filter { $0.hasPrefix("state/kmemcheck/") }
      .map { String($0.dropFirst("state/kmemcheck/".count)) }
  }

  @Test func `a capture is found again by number, label and time`() throws {
    let first = try program.run("snap", "--label", "before")
    #expect(first.status == 0, "\(first.errors)")
    #expect(try program.run("snap", "--label", "after").status == 0)
    #expect(captures.count == 2)
    for reference in ["@last", "@2", "before", "after"] {
      let result = try program.run("show", reference, "--json")
      #expect(result.status == 0, "\(reference): \(result.errors)")
      #expect(result.errors.contains("\(reference) is "), "\(result.errors)")
    }
    let diff = try program.run("diff", "before", "after")
    #expect(diff.status == 0)
    #expect(diff.lastLine.hasPrefix("Verdict: "))
    #expect(try program.run("diff").status == 0)
    #expect(try program.run("show", "@3").status == 66)
    #expect(try program.run("show", "1h ago").status == 66)
    #expect(try program.run("show", "nothing").status == 66)
  }

  @Test func `a time takes the newest capture that is as old`() throws {
    #expect(try program.run("snap", "--label", "old").status == 0)
    let old = try #require(captures.first)
    // Far enough apart that a slow start of the program doesn't blur them.
    Thread.sleep(forTimeInterval: 5)
    let between = Date(timeIntervalSinceNow: -3)
    #expect(try program.run("snap", "--label", "new").status == 0)
    let seconds = Int(Date().timeIntervalSince(between)) + 1
    let result = try program.run("show", "\(seconds)s ago", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains(old), "\(result.errors)")
  }

  @Test func `a label given twice is the newer capture, and it is said which`() throws {
    #expect(try program.run("snap", "--label", "x").status == 0)
    let second = try program.run("snap", "--label", "x", "-q")
    #expect(second.status == 0)
    let result = try program.run("show", "x")
    #expect(result.status == 0)
    let path = second.output.split(separator: "\n").joined()
    #expect(result.errors.contains("x is \(path), "), "\(result.errors)")
  }

  @Test(arguments: ["now", "kernel", "2h ago", "a/b", ""])
  func `a label that could not be asked for is refused before anything is read`(
    label: String
  ) throws {
    for arguments in [["snap"], ["snap", "-o", "x.tar.zst"], ["scan"], ["scan", "--save"]] {
      let result = try program.run(arguments: arguments + ["--label", label])
      #expect(result.status == 64)
      #expect(result.errors.contains("label"), "\(result.errors)")
    }
    #expect(program.home.files.allSatisfy { !$0.hasSuffix(".tar.zst") })
  }

  @Test func `two captures at once are two files`() throws {
    let first = try program.start(["snap"])
    let second = try program.start(["snap"])
    first.waitUntilExit()
    second.waitUntilExit()
    #expect(first.terminationStatus == 0)
    #expect(second.terminationStatus == 0)
    #expect(captures.count == 2)
    let list = try program.run("list", "--json")
    #expect(list.output.components(separatedBy: "\"path\"").count == 3)
    #expect(!list.output.contains("@3"))
  }

  @Test(arguments: [5, 20, 40, 80, 120])
  func `a capture that is killed leaves nothing that is taken for one`(milliseconds: Int) throws {
    let process = try program.start(["snap"])
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let wasKilled = process.terminationReason == .uncaughtSignal
    for capture in captures where !capture.hasPrefix(".") {
      // Whatever is visible is whole, even if it was finished just before.
      let result = try program.run("show", "\(program.store)/\(capture)")
      #expect(result.status == 0, "\(capture): \(result.errors)")
    }
    #expect(wasKilled || captures.count == 1)
    let list = try program.run("list")
    #expect(list.status == 0)
    #expect(!list.output.contains("damaged"))
  }

  @Test func `a capture is readable by its owner only`() throws {
    #expect(try program.run("snap").status == 0)
    let path = "\(program.store)/\(try #require(captures.first))"
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a damaged file in the store is listed as such and read around`() throws {
    #expect(try program.run("snap").status == 0)
    try program.home.write("state/kmemcheck/half.tar.zst", [0x28, 0xB5, 0x2F, 0xFD, 0x04])
    let list = try program.run("list")
    #expect(list.status == 0)
    #expect(list.output.contains("damaged"))
    #expect(try program.run("show", "@last").status == 0)
  }

  @Test func `quiet says where and nothing more`() throws {
    let result = try program.run("snap", "-q")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(result.output.hasSuffix(".tar.zst\n"))
    #expect(result.output.split(separator: "\n").count == 1)
  }

  @Test func `a capture goes through a pipe`() throws {
    let path = try program.home.write("piped", [])
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(try program.run("snap", "-o", "-", output: path).status == 0)
    let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
    let result = try program.run("show", "-", input: bytes)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Memory"))
  }

  @Test func `an empty store says how to take a capture`() throws {
    let result = try program.run("list")
    #expect(result.status == 0)
    #expect(result.output.isEmpty || result.output.contains("/var/lib/kmemcheck"))
    #expect(try program.run("show", "nothing-of-this-name").errors.contains("kmemcheck"))
  }
}
