import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// VmallocUsed meant three things over time, and kernel stacks lie inside it on some kernels.
@Suite struct VmallocTests {
  private func books(
    _ changes: [String: Int] = [:], areas: String? = nil, config: String? = nil
  ) throws -> Books {
    var files = ["proc/meminfo": MeminfoText.balanced(changes)]
    files["proc/vmallocinfo"] = areas
    files["proc/config"] = config
    return try #require(Books(Snapshot(typed: files)))
  }

  private func kibibytes(_ memoryClass: MemoryClass, _ books: Books) -> Int64? {
    books[memoryClass]?.bytes.map { $0 / 1024 }
  }

  private let module = "0x1-0x2 20480 load_module+0x1/0x2 pages=4 vmalloc N0=4\n"
  private let stack = "0x1-0x2 20480 kernel_clone+0x94/0x3e0 pages=4 vmalloc N0=4\n"

  @Test func `since 5_3 VmallocUsed is pages, and stacks are inside it`() throws {
    let books = try books()
    #expect(kibibytes(.kernelStacks, books) == 4000)
    #expect(kibibytes(.vmalloc, books) == 20000)
  }

  @Test func `stacks in vmalloc and stacks beside it give the same sum of classes`() throws {
    let mapped = try books(config: "CONFIG_VMAP_STACK=y\n")
    let direct = try books(config: "# CONFIG_VMAP_STACK is not set\n")
    #expect(kibibytes(.vmalloc, mapped) == 20000)
    #expect(kibibytes(.vmalloc, direct) == 24000)
    #expect(kibibytes(.unaccounted, mapped) == 159_000)
    #expect(kibibytes(.unaccounted, direct) == 155_000)
  }

  @Test func `shadow call stacks are taken out of vmalloc with the stacks`() throws {
    let meminfo = MeminfoText.balanced() + "ShadowCallStack: 1000 kB\n"
    let books = try #require(Books(Snapshot(typed: ["proc/meminfo": meminfo])))
    #expect(kibibytes(.vmalloc, books) == 19000)
    #expect(kibibytes(.shadowCallStacks, books) == 1000)
    #expect(kibibytes(.unaccounted, books) == 159_000)
  }

  @Test func `an area of a stack's caller shows that stacks are mapped`() throws {
    #expect(kibibytes(.vmalloc, try books(areas: module + stack)) == 20000)
    #expect(kibibytes(.vmalloc, try books(areas: module)) == 24000)
  }

  @Test func `from 4_4 to 5_2 VmallocUsed is zero and the areas are summed`() throws {
    let books = try books(["VmallocUsed": 0], areas: String(repeating: module, count: 10))
    #expect(kibibytes(.vmalloc, books) == 160)
    #expect(books[.vmalloc]?.origin == .vmallocAreas(lessStacks: false))
  }

  @Test func `VmallocUsed of zero without areas is unknown, not zero`() throws {
    let line = try books(["VmallocUsed": 0])[.vmalloc]
    #expect(line?.bytes == nil)
    #expect(line?.missing == .vmalloc(areas: Missing(.absent)))
  }

  @Test func `before 4_4 it is address space, which VmallocChunk tells`() throws {
    let changes = ["VmallocUsed": 287_616, "VmallocChunk": 34_359_444]
    #expect(try books(changes)[.vmalloc]?.bytes == nil)
    #expect(kibibytes(.vmalloc, try books(changes, areas: module)) == 16)
  }

  @Test func `I/O mappings, second mappings and areas given back are no memory`() throws {
    let areas = """
      0x1-0x2 8192 hpet_enable+0x1/0x2 phys=0x00000000fed00000 ioremap
      0x1-0x2 40960 vb_alloc+0x1/0x2 pages=9 vmap
      0x1-0x2 4198400 vm_map_ram
      0x1-0x2 40960 unpurged vm_area
      0x1-0x2 20480 load_module+0x1/0x2 pages=4 vmalloc N0=4

      """
    #expect(kibibytes(.vmalloc, try books(["VmallocUsed": 0], areas: areas)) == 16)
  }
}
