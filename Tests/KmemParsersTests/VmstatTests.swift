import Testing

@testable import KmemParsers

@Suite struct VmstatTests {
  /// The first and last lines of several kernels' files.
  static let texts = [
    "nr_dirty 5\nnr_writeback 0\nnr_mapped 12\nnr_slab 9\npgpgin 1\nnr_bounce 0\n",
    "nr_free_pages 1\nnr_inactive_anon 2\nnr_kernel_stack 3\nallocstall 4\nunevictable_pgs_culled 5\n",
    "nr_free_pages 1\nnr_alloc_batch 2\nworkingset_refault 3\nnuma_hit 4\npgsteal_kswapd_dma 5\n",
    "nr_free_pages 1\nnr_zone_inactive_anon 2\nallocstall_dma 3\nswap_ra 4\nswap_ra_hit 5\n",
    "nr_free_pages 1\nworkingset_nodes 2\nzone_reclaim_failed 3\nnr_unstable 0\n",
    "nr_free_pages 1\nnr_free_pages_blocks 2\npgscan_direct 3\nvma_lock_success 4\nnr_unstable 0\n",
  ]

  @Test(arguments: texts) func `each line is an entry, in the file's order`(text: String) throws {
    let vmstat = try read(text)
    let names = text.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(vmstat.entries.map(\.name) == names)
    #expect(vmstat.remarks == [])
  }

  @Test func `a counter is found by name`() throws {
    let vmstat = try read("nr_free_pages 77\nnr_bounce 0\n")
    #expect(vmstat["nr_free_pages"] == 77)
    #expect(vmstat["nr_bounce"] == 0)
    #expect(vmstat["nr_unstable"] == nil)
  }

  @Test func `the row without a name of a node's file is kept without one`() throws {
    let vmstat = try read("nr_written 5\n 176096\n")
    #expect(vmstat[""] == 176096)
    #expect(vmstat.entries.count == 2)
    #expect(vmstat.remarks == [])
  }

  @Test func `a gauge below zero is kept as printed`() throws {
    #expect(try read("nr_isolated_anon 18446744073709551615\n")["nr_isolated_anon"] == .max)
  }

  @Test func `a value over 64 bits, a word and a line of meminfo are remarked on`() throws {
    let vmstat = try read("a 18446744073709551616\nb x\nMemFree: 5 kB\nHugePages_Free: 5\nc 1\nd")
    #expect(vmstat.entries == [.init(name: "c", value: 1)])
    #expect(vmstat.remarks.map(\.line) == [1, 2, 3, 4, 6])
  }

  @Test func `of two lines with one name the first counts`() throws {
    let vmstat = try read("nr_dirty 1\nnr_dirty 2\n")
    #expect(vmstat["nr_dirty"] == 1)
    #expect(vmstat.entries.count == 1)
    #expect(vmstat.remarks.map(\.line) == [2])
  }

  @Test func `a number alone is no vmstat`() {
    #expect(refusal(Array("12345\n".utf8)) { _ = try Vmstat(parsing: $0) } != nil)
  }

  @Test(arguments: Damage.refused.map(\.name))
  func `a text without a counter is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Vmstat(parsing: $0) })
    #expect(error.reason.contains("/proc/vmstat"))
  }

  @Test(arguments: texts) func `copying changes nothing that is read`(text: String) throws {
    let expected = try read(text)
    for copy in Damage.harmless(text) {
      let vmstat = try Vmstat(parsing: copy.bytes.span)
      #expect(vmstat == expected, "\(copy.name)")
    }
  }

  @Test func `a prompt before the text is remarked on and passed over`() throws {
    let bytes = Damage.withPrompt("nr_dirty 1\n")
    let vmstat = try Vmstat(parsing: bytes.span)
    #expect(vmstat.entries.count == 1)
    #expect(vmstat.remarks.map(\.line) == [1, 3])
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    for text in Self.texts {
      let bytes = mutated(Array(text.utf8), seed: UInt64(seed))
      let entries = (try? Vmstat(parsing: bytes.span))?.entries.count ?? 0
      #expect(entries <= bytes.count / 2 + 1)
    }
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every line of every real file is an entry`() throws {
    let files = Corpus.files(named: "vmstat")
    #expect(files.count >= 20)
    for file in files {
      let vmstat = try Vmstat(parsing: file.bytes.span)
      #expect(vmstat.remarks == [], "\(file)")
      #expect(vmstat.entries.count == file.text.prefix { $0 != "\0" }.split(separator: "\n").count)
    }
  }

  @Test(
    .enabled(if: KernelFile("/proc/vmstat") != nil, "/proc/vmstat can't be read on this machine"))
  func `the running kernel's file is read whole`() throws {
    let file = try #require(KernelFile("/proc/vmstat"))
    let vmstat = try Vmstat(parsing: file.bytes.span)
    #expect(vmstat.entries.count == file.lines.count)
    #expect(vmstat.remarks == [])
  }

  private func read(_ text: String) throws(ParseError) -> Vmstat {
    let bytes = Array(text.utf8)
    return try Vmstat(parsing: bytes.span)
  }
}
