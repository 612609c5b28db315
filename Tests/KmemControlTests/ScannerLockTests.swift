import Foundation
import SystemPackage
import Testing

@testable import KmemControl

@Suite struct ScannerLockTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("kmemcheck-lock-\(UUID().uuidString)").path

  @Test func `one has it at a time, and says who it is`() throws {
    let first = try #require(ScannerLock.take(in: folder, boot: "a"))
    #expect(ScannerLock.take(in: folder, boot: "a") == nil)
    #expect(ScannerLock.holder(in: folder) == "\(getpid())")
    withExtendedLifetime(first) {}
  }

  @Test func `the next one gets it, and the note of one that never forgot it`() throws {
    var lock = ScannerLock.take(in: folder, boot: "a")
    #expect(lock?.isRepairDue == false)
    lock?.note()
    lock = nil
    let next = try #require(ScannerLock.take(in: folder, boot: "a"))
    #expect(next.isRepairDue)
    next.forget()
    #expect(!next.isRepairDue)
  }

  @Test func `a note of another boot means nothing`() throws {
    var lock = ScannerLock.take(in: folder, boot: "a")
    lock?.note()
    lock = nil
    #expect(try #require(ScannerLock.take(in: folder, boot: "b")).isRepairDue == false)
  }

  @Test func `waiting for one that keeps it ends, for a command and for a scan`() throws {
    let first = try #require(ScannerLock.take(in: folder, boot: "a"))
    let start = ContinuousClock.now
    let command = KmemleakCommandRun(
      .clear, boot: "a", path: "\(folder)/none", directory: folder, patience: 0.3)
    #expect(command.result() == .wouldBlock)
    var plan = ScanProtocol(
      minimumAge: 0, confirmations: 0, boot: "a", isScannerRunning: { true }, progress: { _ in })
    plan.path = "\(folder)/none"
    plan.directory = folder
    plan.patience = 0.3
    #expect(plan.record { false }.trouble == .refused(.stopScanner, .wouldBlock))
    #expect(ContinuousClock.now - start < .seconds(20))
    withExtendedLifetime(first) {}
  }

  @Test func `nobody else can open it, whatever an earlier version made`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try #require(unsafe chmod(folder, 0o755) == 0)
    try #require(FileManager.default.createFile(atPath: "\(folder)/kmemleak.lock", contents: nil))
    try #require(unsafe chmod("\(folder)/kmemleak.lock", 0o644) == 0)
    let lock = try #require(ScannerLock.take(in: folder, boot: "a"))
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(folder) == 0o700 && mode("\(folder)/kmemleak.lock") == 0o600)
    withExtendedLifetime(lock) {}
  }

  @Test func `without a place for notes it goes on and says why`() throws {
    let lock = try #require(ScannerLock.take(in: "/proc/nowhere", boot: "a"))
    #expect(lock.trouble == .noSuchFileOrDirectory)
    #expect(!lock.isRepairDue)
  }
}
