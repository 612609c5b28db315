import Foundation
import SystemPackage
import Testing

@testable import KmemSources

/// Where what is written goes, whatever others placed there; `Tests/Faults/places.py` tries it with other
/// users' links and files.
@Suite struct OutputFileTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func write(_ text: String, to path: String) throws {
    let file = try OutputFile.open(path)
    _ = try file.closeAfter { try file.writeAll(Array(text.utf8)) }
  }

  @Test func `a file becomes empty first, and one that is made is its owner's`() throws {
    let path = "\(folder.path)/out"
    try write("a long text", to: path)
    try write("short", to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "short")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `one's own links are followed, to a file that isn't there yet too`() throws {
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(folder.path)/a", withDestinationPath: "b")
    try manager.createSymbolicLink(
      atPath: "\(folder.path)/b", withDestinationPath: "\(folder.path)/c")
    try write("x", to: "\(folder.path)/a")
    #expect(try String(contentsOfFile: "\(folder.path)/c", encoding: .utf8) == "x")
    #expect(try OutputFile.target(of: "\(folder.path)/a") == "\(folder.path)/c")
  }

  @Test func `links in a circle end`() throws {
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(folder.path)/a", withDestinationPath: "b")
    try manager.createSymbolicLink(atPath: "\(folder.path)/b", withDestinationPath: "a")
    #expect(throws: Errno.tooManySymbolicLinkLevels) { _ = try OutputFile.open("\(folder.path)/a") }
  }

  @Test func `a device is written to as it is`() throws {
    try write("x", to: "/dev/null")
    #expect(throws: Errno.noSpace) { try write("x", to: "/dev/full") }
  }
}
