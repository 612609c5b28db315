import Testing

@testable import KmemParsers

@Suite struct AllocinfoTests {
  private let header = "allocinfo - version: 1.0\n#     <size>  <calls> <tag info>\n"

  @Test func `each part of a line has its place`() throws {
    let allocinfo = try Allocinfo(allocinfo2)
    #expect(allocinfo.version == "2.0")
    let expected = Allocinfo.Tag(
      bytes: 32, error: 0, calls: 1, file: "fs/xfs/xfs_mount.c", line: 87, module: "xfs",
      function: "xfs_uuid_mount", isAccurate: true, attributes: [])
    #expect(allocinfo.tags.count == 3)
    #expect(allocinfo.tags.last == expected)
  }

  @Test func `a tag that fell below zero is kept, and marked where the kernel says so`() throws {
    let tag = try Allocinfo(allocinfo2).tags[1]
    #expect(tag.bytes == -4096)
    #expect(tag.calls == .max)
    #expect(!tag.isAccurate)
    #expect(tag.attributes == ["accurate:no"])
  }

  @Test func `unknown attributes are kept`() throws {
    let tag = try #require(Allocinfo("1 2 a.c:3 func:f node:1 accurate:yes \n").tags.first)
    #expect(tag.attributes == ["node:1", "accurate:yes"])
    #expect(tag.isAccurate)
  }

  @Test func `equal lines and lines of zero are all kept`() throws {
    let line = "           0        0 ./include/net/tcp.h:2548 func:tcp_v4_save_options \n"
    let allocinfo = try Allocinfo(header + line + line)
    #expect(allocinfo.tags.count == 2)
    #expect(allocinfo.version == "1.0")
    #expect(allocinfo.tags.first?.file == "include/net/tcp.h")
  }

  @Test(arguments: [
    ("../../../mm/slub.c", "mm/slub.c"), ("/build/./a/../mm/slub.c", "/build/mm/slub.c"),
    ("mm/a.b/slub.c", "mm/a.b/slub.c"), ("mm./slub.c", "mm./slub.c"), ("my dir/x.c", "my dir/x.c"),
    ("C:/x.c", "C:/x.c"), ("a//b/../x.c", "a/x.c"),
  ])
  func `a path is normalised`(path: String, expected: String) throws {
    let tag = try #require(Allocinfo("1 1 \(path):7 [a_b] func:f \n").tags.first)
    #expect(tag.file == expected)
    #expect(tag.line == 7)
    #expect(tag.module == "a_b")
  }

  @Test func `the header alone is valid`() throws {
    #expect(try Allocinfo(header).tags == [])
  }

  @Test(arguments: [
    "0 0 a.c:1", "0 0 a.c:1 func:", "0 x a.c:1 func:f", "0 0 a.c func:f", "0 0 a.c:x func:f",
    "9223372036854775808 0 a.c:1 func:f", "0 18446744073709551616 a.c:1 func:f", "0 0 func:f",
    "0 0 a.c:9223372036854775808 func:f",
    "0 0 ] func:f", "0 0  [] func:f", "$ cat /proc/allocinfo",
  ])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let allocinfo = try Allocinfo(header + line + "\n1 1 a.c:1 func:f \n")
    #expect(allocinfo.tags.count == 1)
    #expect(allocinfo.remarks.map(\.line) == [3])
  }
}
