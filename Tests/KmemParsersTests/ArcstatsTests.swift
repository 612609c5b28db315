import Testing

@testable import KmemParsers

/// Some lines as ZFS 2.1 prints them.
let arcstatsOf2 = """
  9 1 0x01 123 33456 5370129872 86523012345678
  name                            type data
  hits                            4    7654321
  c                               4    4294967296
  c_min                           4    268435456
  c_max                           4    8589934592
  size                            4    4211081216
  compressed_size                 4    3900000256
  data_size                       4    3221225472
  metadata_size                   4    805306368
  abd_chunk_waste_size            4    1048576
  memory_available_bytes          3    -52428800

  """

@Suite struct ArcstatsTests {
  @Test func `sizes are found by their names`() throws {
    let arc = try Arcstats(arcstatsOf2)
    #expect(arc[.size] == 4_211_081_216)
    #expect(arc[.dataSize] == 3_221_225_472)
    #expect(arc[.metadataSize] == 805_306_368)
    #expect(arc[.chunkWaste] == 1_048_576)
    #expect(arc[.least] == 268_435_456)
    #expect(arc.remarks.isEmpty)
  }

  @Test func `a number below zero is no size`() throws {
    let arc = try Arcstats("name type data\nsize 3 -5\n")
    #expect(arc[.size] == nil)
    #expect(arc.values["size"] == UInt64.max - 4)
  }

  @Test(arguments: ["size", "size 4", "size 4 x", "size 9 5", "size 4 5 6", "4 4 5"])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let arc = try Arcstats("\(line)\nc_min 4 7\n")
    #expect(arc.values == ["c_min": 7])
    #expect(arc.remarks.map(\.line) == [1])
  }

  @Test func `the first of two lines of a name counts`() throws {
    let arc = try Arcstats("size 4 7\nsize 4 8\n")
    #expect(arc[.size] == 7)
    #expect(arc.notes == ["2: size occurs again; the first one counts"])
  }

  @Test func `a text without a line of the file is refused`() {
    #expect(throws: ParseError.self) { try Arcstats("name type data\n") }
  }
}
