import Foundation
import KmemTestSupport
import Testing

/// Real programs that leak, and some that only look as if they did, named by a real watch.
///
/// They run sped up, so that each takes half a minute.
@Suite(
  .serialized,
  .enabled(
    if: Leaker.isWanted, "takes minutes; KMEMCHECK_LEAKERS=1 runs it, with a C compiler (cc)"))
struct LeakerTests {
  @Test(arguments: [
    ("classic", ["5"], "user space grew", "process"),
    ("shared", ["5"], "held for user space", "process, shared memory"),
    ("files", ["5"], "held for user space", "process, open files"),
    ("eventfd", ["5"], "held for user space", "process, open files"),
    ("pipes", ["20"], "held for user space", "process, open files"),
    ("threads", ["20"], "held for user space", "process, threads"),
    ("locked", ["5"], "user space grew", "process"),
    ("space", ["20"], "user space grew", "process, address space"),
  ]) func `is named`(kind: String, words: [String], word: String, culprit: String) throws {
    let leaker = try Leaker(kind, words)
    let verdict = try leaker.watched(for: "40s", "--pid", "\(leaker.pid)")
    #expect(verdict.word == word, "\(verdict)")
    #expect(verdict.kind == culprit, "\(verdict)")
    #expect(verdict.name.hasPrefix("\(leaker.pid) leaker "), "\(verdict)")
  }

  @Test func `is named among all that the machine does`() throws {
    let leaker = try Leaker("classic", ["2"])
    let verdict = try leaker.watched(for: "60s")
    #expect(verdict.word == "user space grew", "\(verdict)")
    // A compiler may grow faster at the same time.
    #expect(verdict.growing.contains { $0.hasPrefix("\(leaker.pid) leaker ") }, "\(verdict)")
  }

  @Test(arguments: [
    ("plateau", ["5", "600"]), ("sawtooth", ["5", "60"]), ("storm", ["20"]),
  ]) func `isn't named`(kind: String, words: [String]) throws {
    let leaker = try Leaker(kind, words)
    let verdict = try leaker.watched(for: "30s", "--pid", "\(leaker.pid)")
    #expect(verdict.growing.isEmpty, "\(verdict)")
  }
}

/// One of the programs of `Tests/Leakers`, running.
final class Leaker {
  static let isWanted =
    ProcessInfo.processInfo.environment["KMEMCHECK_LEAKERS"] == "1"
    && Tool.output("/usr/bin/cc", "--version") != nil

  struct Verdict {
    let word: String
    let kind: String
    let name: String
    /// The ids of all that grow.
    let growing: [String]
  }

  private let program: Program
  private let process = Process()
  var pid: Int32 { process.processIdentifier }

  init(_ kind: String, _ words: [String]) throws {
    program = try Program()
    let built = "\(program.home.path)/leaker"
    let source = "\(Fixture.folder)/../Tests/Leakers/leaker.c"
    try #require(Tool.run("/usr/bin/cc", ["-O0", "-o", built, source])?.status == 0)
    process.executableURL = URL(fileURLWithPath: built)
    process.arguments = [kind] + words
    try process.run()
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func watched(for time: String, _ words: String...) throws -> Verdict {
    let result = try program.run(
      arguments: ["watch", "--fresh", "--for", time, "--interval", "0.2", "--json"] + words,
      user: .whoeverTests)
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(json as? [String: Any])
    let verdict = try #require(document["verdict"] as? [String: Any])
    let growing = document["growing"] as? [[String: Any]] ?? []
    let culprit = verdict["culprit"] as? [String: String] ?? [:]
    return Verdict(
      word: verdict["word"] as? String ?? "", kind: culprit["kind"] ?? "",
      name: culprit["id"] ?? "", growing: growing.compactMap { $0["id"] as? String })
  }
}
