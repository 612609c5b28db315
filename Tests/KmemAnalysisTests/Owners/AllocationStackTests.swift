import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What stacks of pages say: who asked, and whether another class counts them already.
struct StackTests {
  private func stack(_ text: String) throws -> AllocationStack {
    let bytes = Array((text + "\nnr_base_pages: 1\n").utf8)
    let stack = try #require(try PageOwnerStacks(parsing: bytes.span).stacks.first)
    return AllocationStack(stack.frames)
  }

  @Test(arguments: [
    (
      "alloc_slab_page+0x1/0x2\n new_slab+0x1/0x2\n demo_take+0x1/0x2 [demo]",
      AllocationStack.Use.slab
    ),
    ("alloc_pages_mpol_noprof+0x1/0x2\n ___kmalloc_large_node+0x1/0x2\n f+0x1/0x2", .largeKmalloc),
    ("__vmalloc_area_node+0x1/0x2\n f+0x1/0x2 [demo]", .vmalloc),
    ("pcpu_populate_chunk+0x1/0x2\n pcpu_alloc+0x1/0x2\n f+0x1/0x2", .percpu),
    ("folio_prealloc+0x1/0x2\n do_anonymous_page+0x1/0x2\n handle_mm_fault+0x1/0x2", .user),
    ("pte_alloc_one+0x1/0x2\n handle_mm_fault+0x1/0x2", .pageTables),
    ("stack_depot_save_flags+0x1/0x2\n demo_take+0x1/0x2 [demo]", .instrumentation),
    ("__get_free_pages+0x1/0x2\n demo_take+0x1/0x2 [demo]", .loose),
  ])
  func `pages that another class counts are told from loose ones`(
    frames: String, use: AllocationStack.Use
  ) throws {
    #expect(try stack(" " + frames).use == use)
  }

  @Test func `the owner is the first frame that is no allocator's`() throws {
    let owner = try stack(
      " post_alloc_hook+0x69/0xb8\n prep_new_page+0x1/0x2\n get_page_from_freelist+0x1/0x2\n"
        + " __alloc_pages_noprof+0x1/0x2\n alloc_pages_mpol_noprof+0x1/0x2\n"
        + " demo_take.constprop.0+0x1/0x2 [demo]\n vfs_write+0x1/0x2"
    ).owner
    #expect(owner?.module == "demo")
    #expect(owner?.function == "demo_take")
  }

  @Test func `unaccounted memory belongs to the stacks that hold more pages`() throws {
    func snapshot(_ pages: Int) -> Snapshot {
      Snapshot(typed: [
        "proc/meminfo": MeminfoText.balanced(["MemFree": 400_000 - pages * 4]),
        "sys/kernel/debug/page_owner_stacks/show_stacks":
          " post_alloc_hook+0x69/0xb8\n demo_take+0x1/0x2 [demo]\nnr_base_pages: \(pages)\n\n"
          + " new_slab+0x1/0x2\n other+0x1/0x2\nnr_base_pages: \(pages * 9)\n\n",
      ])
    }
    let report = DiffReport(from: snapshot(10), to: snapshot(4106))
    let found = try #require(
      report.attributions.first { $0.subject == .memoryClass(.unaccounted) })
    #expect(found.candidates.map(\.owner.module) == ["demo"])
    #expect(found.best?.growth == 16_777_216)
    #expect(found.best?.confidence == .exact)
  }
}
