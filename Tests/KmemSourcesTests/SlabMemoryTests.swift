import Foundation
import KmemSnapshot
import Testing

@testable import KmemSources

/// What is remembered of slab caches during a boot.
struct SlabMemoryTests {
  private let file = NSTemporaryDirectory() + "slab-\(UUID().uuidString)/kept"
  private let entries = [entry("dentry", 71), entry(":A-0000192", 72), entry("kmalloc-64", 73)]

  private static func entry(_ name: String, _ inode: UInt64) -> DirectoryEntry {
    DirectoryEntry(name: name, kind: .directory, inode: inode)
  }

  private let patterns = ["s/*/ctor", "s/*/object_size"]

  private func memory(_ entries: [DirectoryEntry], _ patterns: [String]? = nil, boot: String = "b1")
    -> SlabMemory
  {
    SlabMemory(of: entries, patterns ?? self.patterns, boot: boot, file: file)
  }

  private func keep(_ more: [(path: String, reading: SourceReading)] = []) {
    let readings = [
      (path: "s/dentry/ctor", reading: SourceReading(outcome: .read)),
      (path: "s/dentry/object_size", reading: SourceReading(outcome: .read, bytes: [49, 10])),
      (path: "s/dentry/usersize", reading: SourceReading(outcome: .read, bytes: [10])),
    ]
    memory(entries).keep(readings + more, now: 5)
  }

  /// What is remembered; nothing where that isn't everything.
  private func recalled(_ memory: SlabMemory) -> [String: SourceReading]? {
    var sources: [String: SourceReading] = [:]
    return memory.recall(into: &sources) ? sources : nil
  }

  @Test func `what was read is given to the byte, with the time when it was read`() throws {
    keep()
    let sources = try #require(recalled(memory(entries)))
    #expect(sources.count == 3)
    #expect(sources["s/dentry/ctor"]?.bytes == [])
    #expect(sources["s/dentry/object_size"]?.bytes == [49, 10])
    #expect(sources["s/dentry/usersize"]?.bytes == [10])
    #expect(sources.values.allSatisfy { $0.rememberedSince == 5 })
  }

  @Test func `nothing is remembered where one source may change or couldn't be read`() {
    let others = [
      SourceReading(outcome: .read, bytes: [49, 10, 50, 10]), SourceReading(outcome: .denied),
      SourceReading(outcome: .absent), SourceReading(outcome: .read, bytes: [49]),
    ]
    for other in others {
      keep([(path: "s/kmalloc-64/ctor", reading: other)])
      #expect(recalled(memory(entries)) == nil)
    }
  }

  @Test
  func `nothing is taken from another boot, of other files, or once a cache came or went`() {
    keep()
    #expect(recalled(memory(entries, boot: "b2")) == nil)
    #expect(recalled(memory(entries, ["s/*/ctor"])) == nil)
    #expect(recalled(memory(Array(entries.dropLast()))) == nil)
    #expect(recalled(memory(entries + [Self.entry("alias", 74)])) == nil)
    let anew = [Self.entry("dentry", 99)] + entries.dropFirst()
    #expect(recalled(memory(Array(anew))) == nil)
  }

  @Test func `a memory that was cut anywhere gives nothing`() throws {
    keep()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: URL(fileURLWithPath: file))
      #expect(recalled(memory(entries)) == nil, "\(count) bytes")
    }
  }

  @Test func `nobody but root may read it`() throws {
    keep()
    let facts = try FileManager.default.attributesOfItem(atPath: file)
    #expect((facts[.posixPermissions] as? Int) == 0o600)
  }
}
