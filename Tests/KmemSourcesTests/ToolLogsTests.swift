import Foundation
import Testing

@testable import KmemSources

/// The folder of tools' logs, which is gone however its run ended.
@Suite struct ToolLogsTests {
  private let parent: TemporaryDirectory

  init() throws { parent = try TemporaryDirectory() }

  @Test func `a folder goes with its run, and what a killed run left goes a day later`() throws {
    let manager = FileManager.default
    for name in ["kmemcheck-logs-old001", "kmemcheck-logs-young1", "other"] {
      try parent.write("\(name)/1.77", "text")
    }
    for name in ["kmemcheck-logs-old001", "other"] {
      try manager.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -100_000)],
        ofItemAtPath: "\(parent.path)/\(name)")
    }
    var logs: ToolLogs? = try ToolLogs(below: parent.path)
    let folder = try #require(logs?.folder)
    #expect(manager.fileExists(atPath: folder))
    logs = nil
    #expect(!manager.fileExists(atPath: folder))
    let left = try manager.contentsOfDirectory(atPath: parent.path).sorted()
    #expect(left == ["kmemcheck-logs-young1", "other"])
  }
}
