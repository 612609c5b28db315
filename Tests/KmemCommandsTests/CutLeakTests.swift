import KmemTestSupport
import Testing

/// Records of kmemleak that were cut where the paste ended: nobody is accused of what isn't there.
@Suite struct CutLeakTests {
  private static let record = """
    unreferenced object 0xffff888108a3c0c0 (size 192):
      comm "mount", pid 428, jiffies 4294670000 (age 20.100s)
      hex dump (first 32 bytes):
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace:

    """

  private func leaks(_ end: String) throws -> Program.Result {
    try Program().run("leaks", "-", input: Array((Self.record + end).utf8), user: .whoeverTests)
  }

  @Test(arguments: ["", "\n", "\nAny idea what this is?\n", "    kmalloc_l", "```\n"])
  func `a record that ends at its backtrace says so`(end: String) throws {
    let found = try leaks(end)
    #expect(found.status == 1)
    #expect(found.output.contains("192 B: the text ends before the stack"), "\(found.output)")
    #expect(found.output.contains("1 object is incomplete"))
  }

  @Test func `a stack that kmemleak left out wasn't printed`() throws {
    let found = try leaks(Self.record + "    foo_probe+0x12/0x40 [foo]\n")
    #expect(found.output.contains("no stack was printed"), "\(found.output)")
    #expect(found.output.contains("foo_probe+0x12/0x40 [foo]"))
  }

  @Test(arguments: [
    ("[<ffffffff81234567>] kmal", "kmal"), ("[<ffffffff81234567>] kmalloc_ord", "kmalloc_ord"),
    ("[<ffffffff81234567>] __kmem_cache_al", "__kmem_cache_al"),
    ("[<ffffffff81234567>] __kmalloc_node_track_caller+0x1", "__kmalloc_node_track_caller"),
    ("__kmalloc_noprof+0x1a/", "__kmalloc_noprof"), ("[<ffffffff81234567>] alloc_sk", "alloc_sk"),
  ])
  func `a stack that was cut within an allocator accuses nobody`(frame: String, name: String) throws
  {
    let found = try leaks("    " + frame)
    #expect(
      found.output.contains("192 B: no frame but allocators' (\(name))"), "\(found.output)")
    #expect(found.output.contains("from: unknown"))
  }

  @Test func `a function that was cut behind the allocator is named as far as it is there`() throws
  {
    let found = try leaks(
      "    [<ffffffff81234567>] kmalloc+0x8/0x10\n    [<ffffffff81234570>] foo_probe+0x2")
    #expect(found.output.contains("192 B: foo_probe"), "\(found.output)")
  }

  @Test(arguments: ["k", "__", "__k", "foo_pro", "kmalloc_ord"])
  func `a last frame that was cut within its name names nobody`(name: String) throws {
    let found = try leaks(
      "    [<ffffffff81234567>] kmemleak_alloc+0x7a/0x100\n    [<ffffffff81234570>] \(name)")
    #expect(
      found.output.contains("192 B: no frame but allocators' (kmemleak_alloc)"), "\(found.output)")
    #expect(!found.output.contains(": \(name)\n"), "\(found.output)")
  }
}
