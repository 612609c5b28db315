import KmemSnapshot
import Testing

@testable import KmemReport

/// How what is said of sources reads.
struct SourceWordsTests {
  @Test func `a remark names file and line`() {
    #expect(
      SourceRemark(path: "proc/meminfo", line: 3, reason: "no number").sentence
        == "proc/meminfo, line 3: no number")
    #expect(
      SourceRemark(path: "proc/meminfo", line: 0, reason: "cut").sentence == "proc/meminfo: cut")
  }
}
