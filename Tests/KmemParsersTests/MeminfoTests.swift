import Testing

@testable import KmemParsers

@Suite struct MeminfoTests {
  @Test func `a value that touches its colon is read`() throws {
    let bytes = Array("MemTotal: 16 kB\nShadowCallStack:10373888 kB\n".utf8)
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo["ShadowCallStack"]?.bytes == 10_373_888 * 1024)
  }
}
