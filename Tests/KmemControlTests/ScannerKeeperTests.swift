import Foundation
import SystemPackage
import Testing

@testable import KmemControl

@Suite struct ScannerKeeperTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("kmemcheck-keeper-\(UUID().uuidString)").path

  @Test func `one has it at a time, and says who it is`() throws {
    let first = try #require(ScannerKeeper.take(in: folder, boot: "a"))
    #expect(ScannerKeeper.take(in: folder, boot: "a") == nil)
    #expect(ScannerKeeper.holder(in: folder) == "\(getpid())")
    withExtendedLifetime(first) {}
  }

  @Test func `the next one gets it, and the note of one that never forgot it`() throws {
    var keeper = ScannerKeeper.take(in: folder, boot: "a")
    #expect(keeper?.isRepairDue == false)
    keeper?.note()
    keeper = nil
    let next = try #require(ScannerKeeper.take(in: folder, boot: "a"))
    #expect(next.isRepairDue)
    next.forget()
    #expect(!next.isRepairDue)
  }

  @Test func `a note of another boot means nothing`() throws {
    var keeper = ScannerKeeper.take(in: folder, boot: "a")
    keeper?.note()
    keeper = nil
    #expect(try #require(ScannerKeeper.take(in: folder, boot: "b")).isRepairDue == false)
  }

  @Test func `without a place for notes it goes on and says why`() throws {
    let keeper = try #require(ScannerKeeper.take(in: "/proc/nowhere", boot: "a"))
    #expect(keeper.trouble == .noSuchFileOrDirectory)
    #expect(!keeper.isRepairDue)
  }
}
