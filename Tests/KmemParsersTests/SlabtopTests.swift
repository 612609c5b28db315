import Testing

@testable import KmemParsers

@Suite struct SlabtopTests {
  @Test func `rows and the lines above them are read`() throws {
    let slabtop = try Slabtop(slabtopOf4)
    #expect(
      slabtop.caches.map(\.name) == ["ext4_inode_cache", "dentry", "buffer_head", "my cache"])
    #expect(slabtop.caches[1].size == PrintedAmount(bytes: 151_568_384))
    #expect(slabtop.caches[1].objectSize == PrintedAmount(bytes: 194, error: 10))
    #expect(slabtop.cacheCount == 235)
    #expect(slabtop.total?.bytes == 798_720_573)
  }

  @Test func `an unlisted cache holds no more than the last row where rows are sorted by it`()
    throws
  {
    #expect(try Slabtop(slabtopOf4).unlisted == 65536)
  }

  @Test func `an unlisted cache holds no more than is left of the total`() throws {
    let text = slabtopOf4.split(separator: "\n").filter { !$0.contains("dentry") }
    let unsorted = (text.dropLast(3) + text.suffix(3).reversed()).joined(separator: "\n")
    let rest = try #require(try Slabtop(unsorted).unlisted)
    #expect(rest == 179_724_871)
  }

  @Test func `without the lines above the table nothing is known of other caches`() throws {
    let row = "30333429 30333283 99% 0.19K 1444449 21 5777796K dentry\n"
    let slabtop = try Slabtop(row)
    #expect(slabtop.caches.map(\.objects) == [30_333_429])
    #expect(slabtop.unlisted == nil)
  }

  @Test func `of two screens the last one counts`() throws {
    let later = slabtopOf4.replacing("777084 777084", with: "800000 800000")
    let slabtop = try Slabtop(slabtopOf4 + later)
    #expect(slabtop.caches.count == 4)
    #expect(slabtop.caches[1].objects == 800_000)
    #expect(slabtop.notes.count == 1)
  }

  @Test func `lines around the table are remarked`() throws {
    let slabtop = try Slabtop("# slabtop -o\n" + slabtopOf4 + "# \n")
    #expect(slabtop.caches.count == 4)
    #expect(slabtop.notes == ["13: no row of slabtop: #"])
  }
}
