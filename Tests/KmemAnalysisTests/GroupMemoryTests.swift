import KmemAnalysis
import KmemParsers
import Testing

/// What people paste of one control group.
@Suite struct GroupMemoryTests {
  private func group(_ text: String) -> GroupMemory? {
    let bytes = Array(text.utf8)
    return GroupMemoryText(bytes.span).map(GroupMemory.init)
  }

  private static let second = """
    root@pod:/work# cat /sys/fs/cgroup/memory.max
    1073741824
    root@pod:/work# cat /sys/fs/cgroup/memory.current
    1052770304
    root@pod:/work# cat /sys/fs/cgroup/memory.stat
        anon 838860800
        file 104857600
        kernel 104857600
        shmem 52428800
        slab_reclaimable 4194304
        slab_unreclaimable 83886080
        sock 4194304

    """

  @Test func `amounts stand beside the limit`() throws {
    let group = try #require(self.group(Self.second))
    #expect(group.limit == .bytes(1 << 30) && group.usage == 1_052_770_304 && !group.isSummed)
    #expect(group.parts.first?.name == .anonymous && group.parts.first?.bytes == 800 << 20)
    #expect(group.parts.first { $0.name == .kernel }?.bytes == 96 << 20)
    #expect(group.parts.first { $0.name == .cache }?.bytes == 50 << 20)
    #expect(group.isShort)
  }

  @Test func `cache up to the limit is no shortage`() throws {
    let text =
      "memory.limit_in_bytes:1073741824\nmemory.usage_in_bytes: 1073000000\ntotal_cache 1050000000\ntotal_rss 9000000\n"
    let group = try #require(self.group(text))
    #expect(!group.isShort && group.parts.first?.name == .cache && group.limit == .bytes(1 << 30))
  }

  @Test func `without a limit's line nothing is said of it, and no limit is one that is told`()
    throws
  {
    #expect(try #require(group("anon 5\nfile 6\n")).limit == .untold)
    #expect(try #require(group("anon 5\nfile 6\nmemory.max max\n")).limit == .none)
    let first = "cache 1404928\nrss 225280\nhierarchical_memory_limit 9223372036854771712\n"
    #expect(try #require(group(first)).limit == .none)
  }

  @Test func `the last of several tables counts`() throws {
    let group = try #require(self.group("anon 5\nfile 6\nanon 7\nfile 8\n"))
    #expect(group.others == 1 && group.usage == 15)
  }

  @Test(arguments: ["cache 5\n", "anon 7\n", "nr_free_pages 7\nnr_anon_pages 8\n", ""])
  func `other texts are no group's`(text: String) { #expect(group(text) == nil) }
}
