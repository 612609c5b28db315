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

  private func memory(_ entries: [DirectoryEntry], boot: String = "b1", at now: Double = 9)
    -> SlabMemory
  {
    SlabMemory(of: entries, boot: boot, now: now, file: file)
  }

  private func note() {
    var memory = memory(entries, at: 5)
    memory.note("s/dentry/ctor", SourceReading(outcome: .read))
    memory.note("s/dentry/object_size", SourceReading(outcome: .read, bytes: [49, 10]))
    memory.note("s/dentry/usersize", SourceReading(outcome: .read, bytes: [10]))
    memory.note("s/dentry/odd", SourceReading(outcome: .read, bytes: [49, 10, 50, 10]))
    memory.note("s/kmalloc-64/usersize", SourceReading(outcome: .absent))
    memory.note("s/kmalloc-64/ctor", SourceReading(outcome: .denied))
    memory.keep()
  }

  @Test func `what was read is given to the byte, with the time when it was read`() {
    note()
    let memory = memory(entries)
    #expect(memory["s/dentry/ctor"]?.bytes == [])
    #expect(memory["s/dentry/object_size"]?.bytes == [49, 10])
    #expect(memory["s/dentry/usersize"]?.bytes == [10])
    #expect(memory["s/dentry/object_size"]?.rememberedSince == 5)
  }

  @Test func `what may change or couldn't be read is read again`() {
    note()
    let memory = memory(entries)
    for path in ["s/dentry/odd", "s/kmalloc-64/usersize", "s/kmalloc-64/ctor", "s/new/ctor"] {
      #expect(memory[path] == nil, "\(path)")
    }
  }

  @Test
  func `nothing is taken from another boot, or once a cache came, went or was made anew`() {
    note()
    #expect(memory(entries, boot: "b2")["s/dentry/ctor"] == nil)
    #expect(memory(Array(entries.dropLast()))["s/dentry/ctor"] == nil)
    #expect(memory(entries + [Self.entry("alias", 74)])["s/dentry/ctor"] == nil)
    let anew = [Self.entry("dentry", 99)] + entries.dropFirst()
    #expect(memory(Array(anew))["s/dentry/ctor"] == nil)
  }

  @Test func `a memory that was cut anywhere gives nothing wrong`() throws {
    note()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: URL(fileURLWithPath: file))
      let memory = memory(entries)
      if let reading = memory["s/dentry/object_size"] { #expect(reading.bytes == [49, 10]) }
      if let reading = memory["s/dentry/usersize"] { #expect(reading.bytes == [10]) }
    }
  }

  @Test func `nobody but root may read it`() throws {
    note()
    let facts = try FileManager.default.attributesOfItem(atPath: file)
    #expect((facts[.posixPermissions] as? Int) == 0o600)
  }
}
