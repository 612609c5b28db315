import KmemAnalysis
import KmemSnapshot
import KmemSources
import KmemTestSupport
import Testing

@testable import KmemReport

/// Stacks with their bytes, as flame graph tools read them.
@Suite struct FoldedTests {
  private func model(_ files: [String: String]) -> MemoryModel {
    let meminfo = "MemTotal: 1000000 kB\nMemFree: 900000 kB\n"
    return MemoryModel(Snapshot(typed: ["proc/meminfo": meminfo].merging(files) { $1 }))
  }

  private func sum(_ text: String) -> Int64 {
    text.split(separator: "\n").compactMap { Int64($0.split(separator: " ").last ?? "") }
      .reduce(0, +)
  }

  @Test func `lines of allocinfo stand below their files, and add up to what it tells`() throws {
    let capture = try capture(at: .path(Fixture.path("synthetic/6.12-allocinfo-after")))
    let model = MemoryModel(Snapshot(capture))
    let text = try FoldedStacks(.allocinfo, of: model).text
    let sites = try #require(model.sites.value)
    #expect(sum(text) == sites.rows.reduce(0) { $0 + $1.bytes })
    let lines = text.split(separator: "\n")
    #expect(lines == lines.sorted())
    #expect(lines.allSatisfy { $0.split(separator: " ").count == 2 })
  }

  @Test func `pages by stack, the outermost frame first`() throws {
    let model = model([
      "sys/kernel/debug/page_owner_stacks/show_stacks":
        " post_alloc_hook+0x69/0xb8\n demo_take+0x1/0x2 [demo]\n vfs_write+0x1/0x2\n"
        + "nr_base_pages: 3\n\n"
    ])
    #expect(
      try FoldedStacks(.pageOwner, of: model).text
        == "vfs_write;demo_take_[demo];post_alloc_hook 12288\n")
  }

  @Test func `objects by cache and stack, and both moments side by side`() throws {
    func moment(_ count: Int) -> MemoryModel {
      model([
        "proc/slabinfo": """
        slabinfo - version: 2.1
        # name <active_objs>
        kmalloc-64 \(count) 8192 64 64 1 : tunables 0 0 0 : slabdata 128 128 0

        """,
        "sys/kernel/debug/slab/kmalloc-64/alloc_traces": """
           \(count) demo_take+0x1/0x2 [demo] age=1/2/3 pid=1 cpus=0
                __kmalloc+0x1/0x2
                demo_take+0x1/0x2 [demo]
                vfs_write+0x1/0x2

        """,
      ])
    }
    let before = try FoldedStacks(.allocTraces, of: moment(2))
    let after = try FoldedStacks(.allocTraces, of: moment(5))
    #expect(before.text == "kmalloc-64;vfs_write;demo_take_[demo];__kmalloc 128\n")
    #expect(
      FoldedStacks(before: before, after: after).text
        == "kmalloc-64;vfs_write;demo_take_[demo];__kmalloc 128 320\n")
  }

  @Test func `a name can neither end a frame nor begin the amounts`() {
    var stacks = FoldedStacks()
    stacks.add(["a;b c", "", "x\ny\u{1B}[2J"], 5)
    stacks.add([], 7)
    stacks.add(["empty"], 0)
    let lines = stacks.text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.split(separator: " ").count == 2 })
    #expect(lines.contains("no_stack 7"))
    #expect(lines.contains { $0.hasPrefix("a:b_c;no_stack;x") })
    #expect(!stacks.text.unicodeScalars.contains("\u{1B}"))
  }

  @Test(arguments: FoldedSource.allCases)
  func `a capture without the source is told`(source: FoldedSource) {
    #expect(throws: InputRefusal.self) { try FoldedStacks(source, of: model([:])) }
  }
}
