import Foundation
import SystemPackage
import Testing

@testable import KmemControl

/// What needs no kernel; the rest is proven in the lab.
@Suite struct ScanProtocolTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("kmemcheck-scan-\(UUID().uuidString)").path

  private func plan(_ path: String, isRunning: Bool? = true) -> ScanProtocol {
    var plan = ScanProtocol(
      minimumAge: 0, confirmations: 0, boot: "a", isScannerRunning: { isRunning },
      progress: { _ in })
    plan.path = path
    plan.directory = folder
    return plan
  }

  @Test func `a kmemleak that takes no command is no result, and nothing is read`() {
    var readings = 0
    func read() -> Bool {
      readings += 1
      return false
    }
    let record = plan("\(folder)/none").record(read)
    #expect(record.trouble == .refused(.stopScanner, .noSuchFileOrDirectory))
    #expect(record.scans.isEmpty && record.readings == 0 && readings == 0)
    #expect(record.isAliveAtEnd == nil && record.isScannerRestored == false)
  }

  @Test func `the note stays for the next run if the scanner could not be started`() throws {
    _ = plan("\(folder)/none").record { false }
    let next = try #require(ScannerLock.take(in: folder, boot: "a"))
    #expect(next.isRepairDue)
  }

  @Test func `a scanner that didn't run isn't started`() {
    let record = plan("\(folder)/none", isRunning: false).record { false }
    #expect(record.isScannerRestored == nil && record.wasScannerRunning == false)
  }
}
