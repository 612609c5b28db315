import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

@Suite struct FoldedTests {
  @Test func `lines of allocinfo sum to what the report says`() throws {
    let model = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let stacks = try #require(FoldedStacks(.allocinfo, of: model))
    let lines = FoldedText(stacks).text.split(separator: "\n")
    let sum = lines.compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }.reduce(0, +)
    #expect(sum == Health(model).allocationSites.elements.map(\.bytes).reduce(0, +))
    #expect(sum > 0)
    for line in lines { #expect(line.contains(";") && line.split(separator: " ").count == 2) }
  }

  @Test func `two moments give the bytes before and after`() throws {
    let before = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-before"))
    let after = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let old = try #require(FoldedStacks(.allocinfo, of: before))
    let new = try #require(FoldedStacks(.allocinfo, of: after))
    let rows = FoldedText(new, since: old).text.split(separator: "\n")
      .map { $0.split(separator: " ") }
    #expect(rows.allSatisfy { $0.count == 3 })
    #expect(rows.compactMap { Int64($0[1]) }.reduce(0, +) == old.total)
    #expect(rows.compactMap { Int64($0[2]) }.reduce(0, +) == new.total)
  }

  /// A machine of which pages and objects are known by stack.
  private func machine(pages: Int, objects: Int) -> MemoryModel {
    MemoryModel(
      Snapshot(typed: [
        "proc/meminfo": "MemTotal: 1000000 kB\nMemFree: 400000 kB\n",
        "proc/slabinfo": """
        slabinfo - version: 2.1
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>
        kmalloc-2k 9000 9008 2048 16 8 : tunables 0 0 0 : slabdata 563 563 0

        """,
        "sys/kernel/debug/page_owner_stacks/show_stacks":
          " post_alloc_hook+0x69/0xb8\n demo_take+0x1/0x2 [demo]\nnr_base_pages: \(pages)\n\n"
          + " new_slab+0x1/0x2\n other+0x1/0x2\nnr_base_pages: 7\n\n",
        "sys/kernel/debug/slab/kmalloc-2k/alloc_traces": """
           \(objects) demo_take+0x1/0x2 [demo] age=1/2/3 pid=1
                demo_take+0x1/0x2 [demo]
                demo_write+0x1/0x2 [demo]

                16 kstrdup+0x1/0x2 age=1 pid=1
                kstrdup+0x1/0x2
                core_user+0x1/0x2

        """,
      ]))
  }

  @Test func `stacks of pages and of objects sum to the pages and the objects`() throws {
    let model = machine(pages: 100, objects: 4096)
    let pages = try #require(FoldedStacks(.pageOwner, of: model))
    #expect(pages.total == 107 * 4096)
    #expect(FoldedText(pages).text.contains("demo_take_[demo];post_alloc_hook 409600\n"))
    let objects = try #require(FoldedStacks(.allocTraces, of: model))
    #expect(objects.total == (4096 + 16) * 2048)
    #expect(
      FoldedText(objects).text.contains(
        "kmalloc-2k;demo_write_[demo];demo_take_[demo] 8388608\n"))
  }

  @Test(arguments: [FoldedStacks.Source.pageOwner, .allocTraces])
  func `each source of two moments has a column before and one after`(
    source: FoldedStacks.Source
  ) throws {
    let before = try #require(FoldedStacks(source, of: machine(pages: 100, objects: 4096)))
    let after = try #require(FoldedStacks(source, of: machine(pages: 300, objects: 9000)))
    let rows = FoldedText(after, since: before).text.split(separator: "\n")
      .map { $0.split(separator: " ") }
    #expect(rows.count == 2)
    #expect(rows.compactMap { Int64($0[1]) }.reduce(0, +) == before.total)
    #expect(rows.compactMap { Int64($0[2]) }.reduce(0, +) == after.total)
  }

  @Test func `a flame graph of two moments tells what grew, what shrank and what stayed`() throws {
    let before = machine(pages: 100, objects: 4096)
    let after = machine(pages: 300, objects: 4000)
    for (source, style) in [(FoldedStacks.Source.pageOwner, "more-3"), (.allocTraces, "less-3")] {
      let old = try #require(FoldedStacks(source, of: before))
      let new = try #require(FoldedStacks(source, of: after))
      guard case .flames(let figure) = new.figure("x", since: old) else { return }
      #expect(figure.markup.contains("class=\"\(style)\""))
      #expect(figure.markup.contains("class=\"same\""))
      #expect(figure.root.gained == new.total - old.total)
      guard case .flames(let alone) = new.figure("x") else { return }
      #expect(!alone.markup.contains("more-") && alone.markup.contains("flame-0"))
    }
  }

  @Test(arguments: [
    ("a b", "a_b"), ("f;g", "f:g"), ("x [mod]", "x_[mod]"), ("", "?"),
    ("\u{1B}[2J", "\\x{1b}[2J"), ("a\nb", "a\\x{a}b"),
  ]) func `a name has neither blanks nor semicolons`(name: String, word: String) {
    #expect(FoldedText.word(name) == word)
  }
}
