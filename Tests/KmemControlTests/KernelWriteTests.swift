import Foundation
import SystemPackage
import Testing

@testable import KmemControl

@Suite struct KernelWriteTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("kmemcheck-write-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func `the text is written as it is, without a newline`() throws {
    let path = "\(folder)/file"
    try Data().write(to: URL(fileURLWithPath: path))
    let write = KernelWrite("scan=off", to: path)
    #expect(write.waits(milliseconds: 5000))
    #expect(write.outcome == .written)
    #expect(FileManager.default.contents(atPath: path) == Data("scan=off".utf8))
  }

  @Test func `a refusal keeps its reason, and no file is made`() {
    let missing = KernelWrite("scan", to: "\(folder)/none")
    #expect(missing.waits(milliseconds: 5000))
    #expect(missing.outcome == .refused(.noSuchFileOrDirectory))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/none"))
    let directory = KernelWrite("scan", to: folder)
    #expect(directory.waits(milliseconds: 5000))
    #expect(directory.outcome == .refused(.isDirectory))
  }

  @Test func `a write that hangs in the kernel ends when it is aborted, and only then`() {
    // Nobody reads from this FIFO: opening it for writing waits.
    let path = "\(folder)/fifo"
    let status = unsafe mkfifo(path, 0o600)
    #expect(status == 0)
    let write = KernelWrite("scan", to: path)
    #expect(!write.waits(milliseconds: 200))
    kill(getpid(), SIGWINCH)
    #expect(!write.waits(milliseconds: 100))
    for _ in 0..<50 where write.outcome == nil {
      write.abort()
      _ = write.waits(milliseconds: 100)
    }
    #expect(write.outcome == .aborted)
  }
}
