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

  @Test func `without a place for notes it goes on and says why`() throws {
    let lock = try #require(ScannerLock.take(in: "/proc/nowhere", boot: "a"))
    #expect(lock.trouble == .noSuchFileOrDirectory)
    #expect(!lock.isRepairDue)
  }
}
