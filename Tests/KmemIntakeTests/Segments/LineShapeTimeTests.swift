import Testing

@testable import KmemIntake

@Suite struct LineShapeTimeTests {
  /// A long report has millions of such lines, and each was read as if it could be a time.
  @Test(arguments: [
    "    [<000000002f6d2661>] kmem_cache_alloc_noprof+0x64/0xf96", "  backtrace (crc 3385bf58):",
    "unreferenced object 0xffff888012345678 (size 192):", "crc 9e5120f8",
  ])
  func `a hexadecimal number has no year in it`(line: String) {
    let mayBeTime = Array(line.utf8).span.mayBeTime
    #expect(!mayBeTime)
  }

  @Test(arguments: [
    "20250729T040002", "2025-07-29", "1764316800", "Sat Nov 28 08:50:36 UTC 2026",
    "10:04am up 3 days",
    "=== 20250729 ===", "2026", "12345.67 23456.78",
  ])
  func `a time is one`(line: String) {
    let mayBeTime = Array(line.utf8).span.mayBeTime
    #expect(mayBeTime)
  }
}
