import Testing

@testable import KmemParsers

@Suite struct SlabAliasesTests {
  @Test func `links make sets, whichever way they are written`() {
    let aliases = SlabAliases(links: [
      "kmalloc-192": ":A-0000192", "cred_jar": "../slab/:A-0000192",
      "TCP": "/sys/kernel/slab/:0001984",
    ])
    #expect(aliases.groups == [":A-0000192": ["cred_jar", "kmalloc-192"], ":0001984": ["TCP"]])
    #expect(aliases.aliases(of: "kmalloc-192") == ["cred_jar"])
    #expect(aliases.aliases(of: "TCP") == [])
    #expect(aliases.id(of: "TCP") == ":0001984")
    #expect(aliases.id(of: "dentry") == nil)
    #expect(aliases.aliases(of: "dentry") == [])
  }

  @Test func `a listing is read`() throws {
    let aliases = try SlabAliases(slabListing)
    #expect(
      aliases.groups == [":A-0000192": ["cred_jar", "kmalloc-192"], ":0004096": ["PGDIR cache"]])
  }

  @Test(arguments: [
    "lrwxrwxrwx 1 root root 0 Nov  1 10:00 a:b 1 -> :0000192",
    "lrwxrwxrwx. 1 root root 0 Nov  1  2023 a:b 1 -> :0000192",
    "lrwxrwxrwx 1 0 0 0 2023-11-01 10:00 a:b 1 -> :0000192",
    "lrwxrwxrwx 1 0 0 0 2023-11-01 10:00:00.000000000 +0100 a:b 1 -> :0000192",
    "lrwxrwxrwx. 1 root root system_u:object_r:sysfs_t:s0 0 Nov  1 10:00 a:b 1 -> :0000192",
  ])
  func `the name is found in each way of listing`(line: String) throws {
    #expect(try SlabAliases("total 0\n\(line)\n").groups == [":0000192": ["a:b 1"]])
  }

  @Test func `a listing without links has no sets`() throws {
    let text = "total 0\ndrwxr-xr-x 2 root root 0 Nov  1 10:00 dentry\n"
    #expect(try SlabAliases(text).groups == [:])
  }

  @Test(arguments: [
    "lrwxrwxrwx 1 root root 0 Nov  1 10:00 a", "lrwxrwxrwx 1 root root 0 Nov  1 10:00 a -> ",
    "lrwxrwxrwx a -> b", "lrwxrwxrwx 1 root root 0 Nov  1 10:00 -> b", "$ ls -l /sys/kernel/slab",
  ])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let aliases = try SlabAliases("\(line)\nlrwxrwxrwx 1 root root 0 Nov  1 10:00 x -> :1\n")
    #expect(aliases.groups == [":1": ["x"]])
    #expect(aliases.remarks.map(\.line) == [1])
  }
}
