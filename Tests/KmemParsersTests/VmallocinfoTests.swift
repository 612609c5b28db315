import Testing

@testable import KmemParsers

@Suite struct VmallocinfoTests {
  private func area(_ line: String) throws -> Vmallocinfo.Area {
    try #require(Vmallocinfo(line + "\n").areas.first)
  }

  @Test func `each part of a line has its place`() throws {
    let area = try area(
      "0xffffa3f3c0008000-0xffffa3f3c000d000   20480 load_module+0x5e7/0x8c0 [ext4] pages=4 "
        + "vmalloc user vpages N0=3 N12=1")
    #expect(area.start == 0xffff_a3f3_c000_8000)
    #expect(area.end == 0xffff_a3f3_c000_d000)
    #expect(area.size == 20480)
    #expect(area.caller == "load_module+0x5e7/0x8c0")
    #expect(area.module == "ext4")
    #expect(area.pages == 4)
    #expect(area.flags == [.vmalloc, .user, .vpages])
    #expect(area.nodePages == [.init(node: 0, pages: 3), .init(node: 12, pages: 1)])
    #expect(area.others == [])
  }

  @Test func `hashed addresses are kept though they make no range`() throws {
    let area = try area(
      "0x00000000bf70b0d0-0x000000007fc447fa   20480 _do_fork+0xe2/0x390 pages=4 vmalloc")
    #expect(area.start == 0xbf70_b0d0)
    #expect(area.end == 0x7fc4_47fa)
    #expect(area.size == 20480)
  }

  @Test(arguments: [
    ("0x00000000-0x00000000    8192 a+0x1/0x2 phys=46700000 ioremap", 0x4670_0000),
    ("0x0-0x0 8192 a+0x1/0x2 phys=0x00000000f6dd6000 ioremap", 0xf6dd_6000),
    ("0x0-0x0 8192 a+0x1/0x2 phys=3f0fe1000 ioremap", 0x3_f0fe_1000),
  ])
  func `physical addresses are read in each spelling`(line: String, address: UInt64) throws {
    let area = try area(line)
    #expect(area.physical == address)
    #expect(area.flags == .ioremap)
    #expect(area.pages == nil)
  }

  @Test(arguments: [
    ("vmap", Vmallocinfo.Flags.vmap), ("sparse", .sparse), ("dma-coherent", .dmaCoherent),
    ("lowmem", .lowmem), ("vm_map_ram", .vmMapRam), ("unpurged vm_area", .unpurged),
    ("unpurged", .unpurged), ("vmalloc", .vmalloc), ("", Vmallocinfo.Flags()),
  ])
  func `a line without a caller is read`(words: String, flags: Vmallocinfo.Flags) throws {
    let area = try area("0x0-0x0   16384 \(words)")
    #expect(area.flags == flags)
    #expect(area.caller == nil)
    #expect(area.others == [])
  }

  @Test(arguments: [
    ("0xffffffffc0123456", "0xffffffffc0123456"), ("<gicv2m_init_one+400>", "gicv2m_init_one+400"),
    ("f.isra.0+0x1/0x2", "f.isra.0+0x1/0x2"),
  ])
  func `callers that aren't the usual symbols are kept`(word: String, caller: String) throws {
    #expect(try area("0x0-0x0 8192 \(word) pages=1 vmalloc").caller == caller)
  }

  @Test(arguments: ["[ext4]", "[ext4 0123456789abcdef0123456789abcdef01234567]"])
  func `a module is read with and without its build id`(word: String) throws {
    let area = try area("0x0-0x0 8192 a+0x1/0x2 \(word) pages=1 vmalloc N0=1")
    #expect(area.module == "ext4")
    #expect(area.pages == 1)
  }

  @Test func `unknown words are kept`() throws {
    let area = try area("0x0-0x0 8192 a+0x1/0x2 pages=x vmalloc shiny Nx=1 [m] [n]")
    #expect(area.others == ["pages=x", "shiny", "Nx=1", "[n]"])
    #expect(area.module == "m")
  }

  @Test(arguments: [
    "0xffff", "0x0-0x0", "0x0-0x0 x y", "0x0-0x0 18446744073709551616 a+0x1/0x2",
    "$ cat /proc/vmallocinfo",
  ])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let vmallocinfo = try Vmallocinfo("\(line)\n0x0-0x1 8192 a+0x1/0x2 pages=1 vmalloc\n")
    #expect(vmallocinfo.areas.count == 1)
    #expect(vmallocinfo.notes == ["1: no area: it needs two addresses and a size"])
  }

  @Test func `a bracket that is cut off takes only its line`() throws {
    let vmallocinfo = try Vmallocinfo("0x0-0x1 8192 a+0x1/0x2 [ext\n0x0-0x1 8192 b+0x1/0x2 [\n")
    #expect(vmallocinfo.areas.map(\.module) == ["ext", ""])
  }

  @Test func `a caller without its place in the function is one`() throws {
    let text = """
      0xffff800080000000-0xffff800080005000      20480 start_kernel pages=4 vmalloc
      0xffff800080005000-0xffff800080007000       8192 pages=1 vmalloc
      0xffff800080007000-0xffff800080009000       8192 unpurged vm_area

      """
    let areas = try Vmallocinfo(text).areas
    #expect(areas.map(\.caller) == ["start_kernel", nil, nil])
    #expect(areas.allSatisfy { $0.others.isEmpty })
  }
}
