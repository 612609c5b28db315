import Foundation
import KmemTestSupport
import Testing

@Suite struct RedactTests {
  private let program: Program
  private let folder: TemporaryFolder

  init() throws {
    program = try Program()
    folder = try TemporaryFolder()
  }

  private func redact(_ input: String, _ output: String, _ more: String...) throws -> Int32 {
    try Int32(
      program.run(
        arguments: ["redact", input, "-o", "\(folder.path)/\(output)"] + more, user: .whoeverTests
      ).status)
  }

  private func capture(_ name: String) -> String { "\(Fixture.folder)/captures/\(name).tar.zst" }

  /// All of a diff but the two moments, which name hosts and files, and remarks: what is written now has
  /// digests.
  private func diff(_ before: String, _ after: String) throws -> [String: Any] {
    let result = try program.run("diff", "--json", before, after, user: .whoeverTests)
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    var diff = try #require(document as? [String: Any])
    for key in ["from", "to", "remarks"] {
      #expect(diff.removeValue(forKey: key) != nil)
    }
    return diff
  }

  @Test(arguments: ["6.12-cache", "6.1-vmalloc", "6.12-ext4"])
  func `a diff of redacted captures has the numbers of the captures`(name: String) throws {
    let key = "\(folder.path)/key"
    let (before, after) = (capture("\(name)-before"), capture("\(name)-after"))
    #expect(try redact(before, "b.tar.zst", "--redact-key", key) == 0)
    #expect(try redact(after, "a.tar.zst", "--redact-key", key) == 0)
    let redacted = try diff("\(folder.path)/b.tar.zst", "\(folder.path)/a.tar.zst")
    #expect(redacted as NSDictionary == (try diff(before, after)) as NSDictionary)
    let shown = try program.run("show", "\(folder.path)/a.tar.zst", user: .whoeverTests)
    #expect(shown.output.contains("redacted"))
  }

  @Test func `what can't be redacted or written ends with the status that says so`() throws {
    let input = capture("6.12-cache-after")
    #expect(try redact(input, "a.tar.zst") == 0)
    #expect(try redact(input, "a.tar.zst") == 74)
    #expect(try redact(input, "missing/a.tar.zst") == 74)
    #expect(try redact("\(folder.path)/none", "c.tar.zst") == 66)
    let broken = try folder.write("broken.tar.zst", [0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3])
    #expect(try redact(broken, "d.tar.zst") == 65)
    let key = try folder.write("key", Array("0123456789abcdef0123".utf8))
    #expect(try redact(input, "e.tar.zst", "--redact-key", key) == 77)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/e.tar.zst"))
  }
}
