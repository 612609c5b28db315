import KmemTestSupport
import Testing

@testable import KmemSymbols

/// Which modules name a slab cache in their object files.
struct ModuleNameTests {
  /// A relocatable object of nothing but string constants, as the smallest module would have them.
  private static func object(_ strings: [String]) -> [UInt8] {
    var constants: [UInt8] = []
    for string in strings { constants += Array(string.utf8) + [0] }
    let names = Array("\0.rodata.str1.1\0.shstrtab\0".utf8)
    let end = 64 + constants.count + names.count
    let table = (end + 7) / 8 * 8
    var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]
    func add(_ value: Int, _ count: Int) {
      for index in 0..<count { file.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
    // The header: relocatable, x86-64, no program headers, three sections, names in the last.
    for (value, count) in [
      (0, 8), (1, 2), (62, 2), (1, 4), (0, 8), (0, 8), (table, 8), (0, 4), (64, 2), (0, 2), (0, 2),
      (64, 2), (3, 2), (2, 2),
    ] { add(value, count) }
    file += constants + names
    file += [UInt8](repeating: 0, count: table - end)
    // Each section: name, type, flags, address, offset, size, link and info, alignment, entry size.
    for (name, type, flags, start, size) in [
      (0, 0, 0, 0, 0), (1, 1, 0x32, 64, constants.count),
      (16, 3, 0, 64 + constants.count, names.count),
    ] {
      add(name, 4)
      add(type, 4)
      add(flags, 8)
      add(0, 8)
      add(start, 8)
      add(size, 8)
      add(0, 8)
      add(1, 8)
      add(0, 8)
    }
    return file
  }

  private typealias Module = ModuleNameSearch.Module

  @Test func `a name that is a string of its own is found, and a part of another is not`() throws {
    let folder = try TemporaryFolder()
    let one = try folder.write("one.ko", Self.object(["ext4_inode_cache", "%s: no", "a sentence"]))
    let two = try folder.write("two.ko", Self.object(["my_ext4_inode_cache", "shared_name"]))
    let three = try folder.write("three.ko", Self.object(["shared_name"]))
    var search = ModuleNameSearch(cacheDirectory: nil)
    search.search(
      [
        Module(name: "one", path: one, buildID: nil), Module(name: "two", path: two, buildID: nil),
        Module(name: "three", path: three, buildID: nil),
      ], for: ["ext4_inode_cache", "shared_name", "a sentence", "unknown"])
    #expect(search.found == ["ext4_inode_cache": ["one"], "shared_name": ["three", "two"]])
    #expect(search.problems.isEmpty)
  }

  @Test func `a file is read once for each build of the module`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one.ko", Self.object(["demo_cache"]))
    let module = Module(name: "one", path: path, buildID: "00ff")
    var first = ModuleNameSearch(cacheDirectory: folder.path + "/cache/deep")
    first.search([module], for: ["demo_cache"])
    // Were the file read again, the name would not be found.
    _ = try folder.write("one.ko", Self.object(["other"]))
    var second = ModuleNameSearch(cacheDirectory: folder.path + "/cache/deep")
    second.search([module], for: ["demo_cache"])
    #expect(first.found == ["demo_cache": ["one"]])
    #expect(second.found == first.found)
  }

  @Test func `a damaged cache is passed over`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one.ko", Self.object(["demo_cache"]))
    _ = try folder.write("00ff.strings", Array("kmstr1\n\u{0}cut".utf8))
    var search = ModuleNameSearch(cacheDirectory: folder.path)
    search.search([Module(name: "one", path: path, buildID: "00ff")], for: ["demo_cache"])
    #expect(search.found == ["demo_cache": ["one"]])
  }

  @Test func `a build id that is no such thing names no file`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one.ko", Self.object(["demo_cache"]))
    var search = ModuleNameSearch(cacheDirectory: folder.path + "/cache")
    search.search([Module(name: "one", path: path, buildID: "../../x")], for: ["demo_cache"])
    #expect(search.found == ["demo_cache": ["one"]])
    #expect(!folder.files.contains { $0.hasSuffix("x.strings") })
  }

  @Test(arguments: [[], Array("no object".utf8), Array(object(["demo"]).prefix(70))])
  func `what is no object file is a problem, and no name`(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one.ko", bytes)
    var search = ModuleNameSearch(cacheDirectory: nil)
    search.search([Module(name: "one", path: path, buildID: nil)], for: ["demo"])
    #expect(search.found.isEmpty)
  }

  @Test(arguments: ["gzip", "xz", "zstd"]) func `a compressed file is read`(tool: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one.ko", Self.object(["demo_cache"]))
    let result = try #require(Tool.run("/usr/bin/env", [tool, "-k", path]))
    try #require(result.status == 0, "\(tool) is not there")
    let ending = ["gzip": "gz", "xz": "xz", "zstd": "zst"][tool] ?? ""
    var search = ModuleNameSearch(cacheDirectory: nil)
    search.search(
      [Module(name: "one", path: "\(path).\(ending)", buildID: nil)], for: ["demo_cache"])
    #expect(search.found == ["demo_cache": ["one"]])
  }
}
