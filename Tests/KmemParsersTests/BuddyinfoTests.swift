import Testing

@testable import KmemParsers

@Suite struct BuddyinfoTests {
  static let texts = [
    """
    Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      3\u{20}
    Node 0, zone    DMA32      2      2      4      2      5      4      3      3      4      2    752\u{20}
    Node 0, zone   Normal   4452   2092   1038    773    541    334    113     65     44     72    336\u{20}

    """,
    // arm64 with 64 KiB pages has 14 orders, ia64 17; node numbers have gaps on ppc64.
    """
    Node 0, zone   Normal 1234567 12345678      1      2      3      4      5      6      7      8      9     10     11     12\u{20}
    Node 8, zone   Normal      1      0      0      0      0      0      0      0      0      0      0      0      0      0\u{20}
    Node 8, zone  Movable      1      0      0      0      0      0      0      0      0      0      0      0      0      0\u{20}

    """,
  ]

  @Test func `blocks and free pages are read by zone`() throws {
    let buddyinfo = try read(Self.texts[0])
    #expect(buddyinfo.rows.map(\.zone) == ["DMA", "DMA32", "Normal"])
    #expect(buddyinfo.rows.first?.freeBlocks == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3])
    #expect(buddyinfo.rows.first?.freePages == 256 + 512 + 3072)
    #expect(buddyinfo.remarks == [])
  }

  @Test func `any number of orders is read, and counts wider than their column`() throws {
    let buddyinfo = try read(Self.texts[1])
    #expect(buddyinfo.rows.map(\.freeBlocks.count) == [14, 14, 14])
    #expect(buddyinfo.rows.first?.freeBlocks.prefix(2) == [1_234_567, 12_345_678])
    #expect(buddyinfo.rows.map(\.node) == [0, 8, 8])
    #expect(buddyinfo.remarks == [])
  }

  @Test func `free pages that don't fit 64 bits are missing`() {
    #expect(row([UInt64.max, 1]).freePages == nil)
    #expect(row([0, UInt64.max]).freePages == nil)
    #expect(row(Array(repeating: 0, count: 64) + [1]).freePages == nil)
    #expect(row(Array(repeating: 0, count: 64) + [0]).freePages == 0)
    #expect(row(Array(repeating: 0, count: 63) + [1]).freePages == 1 << 63)
  }

  @Test func `a row of fewer orders than the first is kept and remarked on`() throws {
    let buddyinfo = try read("Node 0, zone DMA 1 2 3\nNode 0, zone DMA32 1 2")
    #expect(buddyinfo.rows.map(\.freeBlocks) == [[1, 2, 3], [1, 2]])
    #expect(buddyinfo.remarks.map(\.line) == [2])
  }

  @Test func `a row with a count that isn't a number is left out, for its orders would shift`()
    throws
  {
    let buddyinfo = try read(
      "Node 0, zone DMA 1 2 3\nNode 0, zone DMA32 1 x 3\nNode 0, zone N 4 5 6\n")
    #expect(buddyinfo.rows.map(\.zone) == ["DMA", "N"])
    #expect(buddyinfo.remarks.map(\.line) == [2])
  }

  @Test(arguments: [
    "Node 0, zone", "Node 0, zone DMA", "Node , zone DMA 1", "Node x, zone DMA 1", "Node 0",
    "Node 99999999999999999999, zone DMA 1", "Node 0, zone DMA 18446744073709551616",
    "Node 0 zone DMA 1", "Node 0, zone , 1",
  ])
  func `a cut or wrong row alone is refused`(text: String) {
    #expect(refusal(Array(text.utf8)) { _ = try Buddyinfo(parsing: $0) } != nil)
  }

  @Test func `of two rows of one zone the first counts`() throws {
    let buddyinfo = try read("Node 0, zone DMA 1\nNode 0, zone DMA 2\nNode 1, zone DMA 3\n")
    #expect(buddyinfo.rows.map(\.freeBlocks) == [[1], [3]])
    #expect(buddyinfo.remarks.map(\.line) == [2])
  }

  @Test(arguments: Damage.refused.map(\.name))
  func `a text without a zone is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Buddyinfo(parsing: $0) })
    #expect(error.reason.contains("/proc/buddyinfo"))
  }

  @Test(arguments: texts) func `copying changes nothing that is read`(text: String) throws {
    let expected = try read(text)
    for copy in Damage.harmless(text) {
      let buddyinfo = try Buddyinfo(parsing: copy.bytes.span)
      #expect(buddyinfo == expected, "\(copy.name)")
    }
  }

  @Test func `a prompt before the text is remarked on and passed over`() throws {
    let bytes = Damage.withPrompt(Self.texts[0])
    let buddyinfo = try Buddyinfo(parsing: bytes.span)
    #expect(buddyinfo.rows.count == 3)
    #expect(buddyinfo.remarks.map(\.line) == [1, 5])
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    for text in Self.texts {
      let bytes = mutated(Array(text.utf8), seed: UInt64(seed))
      let rows = (try? Buddyinfo(parsing: bytes.span))?.rows ?? []
      for row in rows { #expect(row.freePages != 0 || row.freeBlocks.allSatisfy { $0 == 0 }) }
      #expect(rows.count <= bytes.count / 12)
    }
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every line of every real file is a row`() throws {
    let files = Corpus.files(named: "buddyinfo")
    #expect(files.count >= 14)
    for file in files {
      let buddyinfo = try Buddyinfo(parsing: file.bytes.span)
      #expect(buddyinfo.rows.count == file.lines.count, "\(file)")
      #expect(buddyinfo.remarks == [], "\(file)")
    }
  }

  private func row(_ blocks: [UInt64]) -> Buddyinfo.Row {
    Buddyinfo.Row(node: 0, zone: "Normal", freeBlocks: blocks)
  }

  private func read(_ text: String) throws(ParseError) -> Buddyinfo {
    let bytes = Array(text.utf8)
    return try Buddyinfo(parsing: bytes.span)
  }
}
