import Testing

@testable import KmemParsers

/// Tables of slab caches under plain headings.
@Suite struct SlabTableTests {
  /// What the objects of all these tables have.
  private static let held: Int64 = 8_812_352 * 64

  private func caches(_ text: String) throws -> [Slabinfo.Cache] {
    let bytes = Array(text.utf8)
    return try SlabTable(parsing: bytes.span).caches
  }

  @Test(arguments: [
    "name,active_objs,num_objs,objsize\nkmalloc-64,8812345,8812352,64\n",
    "name;active_objs;num_objs;objsize\r\nkmalloc-64;8812345;8812352;64\r\n",
    "name\tactive_objs\tnum_objs\tobjsize\nkmalloc-64\t8812345\t8812352\t64\n",
    "| name | active_objs | num_objs | objsize |\n|---|--:|--:|--:|\n"
      + "| kmalloc-64 | 8,812,345 | 8,812,352 | 64 |\n",
    "\"name\",\"active_objs\",\"num_objs\",\"objsize\"\n"
      + "\"kmalloc-64\",\"8,812,345\",\"8,812,352\",\"64\"\n",
    "name        active_objs num_objs objsize\nkmalloc-64  8812345     8812352  64\n",
    "objsize,Name,Num Objs,Active Objs,remark\n64,`kmalloc-64`,8812352,8812345,grows\n",
  ])
  func `columns are told by their names`(text: String) throws {
    let cache = try #require(try caches(text).first)
    #expect(cache.name == "kmalloc-64" && cache.objectSize == 64)
    #expect(cache.activeObjects == 8_812_345 && cache.objects == 8_812_352)
    #expect(cache.bytes(pageSize: 4096) == Self.held)
    #expect(cache.printed?.size.error == Self.held / 3)
  }

  @Test func `pages of slabs make the size exact`() throws {
    let text =
      "name,active_objs,num_objs,objsize,objperslab,pagesperslab,active_slabs,num_slabs\n"
      + "dentry,100,130,192,21,1,7,7\n"
    let cache = try #require(try caches(text).first)
    #expect(cache.slabs == 7 && cache.printed == nil && cache.bytes(pageSize: 4096) == 7 * 4096)
  }

  @Test func `vmstat -m is such a table, whose pages are objects of a slab`() throws {
    let text =
      "Cache                       Num  Total   Size  Pages\nkmalloc-64   8812345 8812352     64     64\n"
    let cache = try #require(try caches(text).first)
    #expect(cache.activeObjects == 8_812_345 && cache.objects == 8_812_352)
    #expect(cache.objectSize == 64 && cache.objectsPerSlab == 64 && cache.slabs == 137_693)
    #expect(cache.bytes(pageSize: 4096) == Self.held)
  }

  @Test func `slabs are counted by what one has room for`() throws {
    let text = "name,num_objs,objsize,objperslab,pagesperslab\ndentry,130,192,21,1\n"
    #expect(try caches(text).first?.slabs == 7)
  }

  @Test(arguments: [
    "name,active_objs,num_objs\na,1,2\n", "num_objs,objsize\n1,2\n",
    "name,num_objs,objsize\n", "name,num_objs,objsize\na,many,2\n",
    "name,num_objs,num_objs,objsize\na,1,1,2\n",
  ])
  func `what lacks a column or has no row is refused`(text: String) {
    #expect(throws: ParseError.self) { try caches(text) }
  }

  @Test func `a product that no number holds is no row`() throws {
    let text = "name,num_objs,objsize\na,18446744073709551615,64\nb,2,64\n"
    #expect(try caches(text).map(\.name) == ["b"])
  }
}
