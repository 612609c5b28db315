import Testing

@testable import KmemParsers

@Suite struct PagetypeinfoTests {
  @Test(arguments: PagetypeinfoTexts.all)
  func `every row of each table is read`(text: String) throws {
    let info = try read(text)
    let rows = text.split(separator: "\n").count { $0.hasPrefix("Node ") }
    #expect(info.freeRows.count + info.blockRows.count + info.mixedBlockRows.count == rows)
    #expect(info.remarks == [])
    #expect(info.pagesPerBlock == info.pageBlockOrder.map { 1 << $0 })
  }

  @Test func `columns are named by the header above them`() throws {
    let old = try read(PagetypeinfoTexts.v3_10)
    let names = ["Unmovable", "Reclaimable", "Movable", "Reserve", "CMA"]
    #expect(old.blockRows.first?.blocks.map(\.name) == names)
    #expect(old.blockRows.first?.blocks.map(\.value) == [11, 12, 13, 14, 15])
    let new = try read(PagetypeinfoTexts.v5_4)
    #expect(new.blockRows.first?.blocks.map(\.name) == ["Unmovable", "Movable", "HighAtomic"])
  }

  @Test func `a count printed as more than 100000 is at least that`() throws {
    let row = try #require(
      try read(PagetypeinfoTexts.v5_4).freeRows.first { $0.type == "Movable" })
    #expect(row.counts.map(\.value) == [100_000, 100_000, 3])
    #expect(row.counts.map(\.isAtLeast) == [true, true, false])
  }

  @Test func `mixed blocks have their own table`() throws {
    let info = try read(PagetypeinfoTexts.v5_4)
    #expect(info.blockRows.map { $0.blocks.map(\.value) } == [[1, 7, 0]])
    #expect(info.mixedBlockRows.map { $0.blocks.map(\.value) } == [[0, 2, 5]])
  }

  @Test func `rows belong to their node and zone`() throws {
    let info = try read(PagetypeinfoTexts.v6_18)
    #expect(info.freeRows.map(\.node) == [0, 0, 12, 12])
    #expect(info.freeRows.map(\.zone) == ["Normal", "Normal", "Movable", "Movable"])
    #expect(info.blockRows.map(\.node) == [0, 12])
  }

  @Test func `blocks without a header are not guessed at`() throws {
    let info = try read("Pages per block:  512\nNode 0, zone DMA 1 2 3\n")
    #expect(info.blockRows == [])
    #expect(info.remarks.map(\.line) == [2])
  }

  @Test func `a row of more numbers than names is left out, one of fewer is kept`() throws {
    let info = try read("Number of blocks type A B\nNode 0, zone X 1 2 3\nNode 0, zone Y 4\n")
    #expect(info.blockRows.map(\.zone) == ["Y"])
    #expect(info.blockRows.first?.blocks == [.init(name: "A", value: 4)])
    #expect(info.remarks.map(\.line) == [2, 3])
  }

  @Test func `a free row that is cut is kept and remarked on`() throws {
    let info = try read(
      "Node    0, zone X, type A 1 2\nNode    0, zone X, type B 1\nNode    0, zone X, type")
    #expect(info.freeRows.map(\.type) == ["A", "B"])
    #expect(info.remarks.map(\.line) == [2, 3])
  }

  @Test func `a count that isn't a 64-bit number costs its row`() throws {
    let info = try read(
      """
      Page block order: nine
      Pages per block:  18446744073709551616
      Node 0, zone X, type A 1 > 2
      Node 0, zone X, type B 18446744073709551616
      Node 0, zone X, type C 1 2
      """)
    #expect(info.freeRows.map(\.type) == ["C"])
    #expect(info.pageBlockOrder == nil && info.pagesPerBlock == nil)
    #expect(info.remarks.map(\.line) == [1, 2, 3, 4])
  }

  @Test(arguments: Damage.refused.map(\.name))
  func `a text without a row is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Pagetypeinfo(parsing: $0) })
    #expect(error.reason.contains("/proc/pagetypeinfo"))
  }

  @Test(arguments: PagetypeinfoTexts.all)
  func `copying changes nothing that is read`(text: String) throws {
    let expected = try read(text)
    for copy in Damage.harmless(text) {
      let info = try Pagetypeinfo(parsing: copy.bytes.span)
      #expect(info == expected, "\(copy.name)")
    }
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    for text in PagetypeinfoTexts.all {
      let bytes = mutated(Array(text.utf8), seed: UInt64(seed))
      let rows = (try? Pagetypeinfo(parsing: bytes.span))?.freeRows.count ?? 0
      #expect(rows <= bytes.count / 12)
    }
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every row of every real file is read`() throws {
    let files = Corpus.files(named: "pagetypeinfo")
    #expect(files.count >= 4)
    for file in files {
      let info = try Pagetypeinfo(parsing: file.bytes.span)
      #expect(info.remarks == [], "\(file)")
      let rows = info.freeRows.count + info.blockRows.count + info.mixedBlockRows.count
      #expect(rows == file.lines.count { $0.hasPrefix("Node ") }, "\(file)")
    }
  }

  private func read(_ text: String) throws(ParseError) -> Pagetypeinfo {
    let bytes = Array(text.utf8)
    return try Pagetypeinfo(parsing: bytes.span)
  }
}
