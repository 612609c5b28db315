import Testing

@testable import KmemSources

@Suite struct LogExcerptTests {
  private func kept(_ text: String, pieces size: Int) -> [Substring] {
    var excerpt = LogExcerpt()
    var kept: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      excerpt.take(bytes.span.extracting(start..<min(start + size, bytes.count)), into: &kept)
    }
    excerpt.finish(into: &kept)
    return String(decoding: kept, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
  }

  private static let dull = "systemd[1]: Started Session 4 of user root.\n"

  @Test(arguments: [1, 7, 64, 1 << 20])
  func `of a long log reports keep their lines and numbers, and others become blank`(size: Int) {
    let log =
      String(repeating: Self.dull, count: 50)
      + "java invoked oom-killer: gfp_mask=0x0, order=0\nMem-Info:\n"
      + String(repeating: Self.dull, count: 3000) + "kmemleak: 2 new suspected memory leaks\n"
      + Self.dull + "usb 1-1: the last line has no end"
    let lines = kept(log, pieces: size)
    #expect(lines.count == log.split(separator: "\n").count + 1)
    #expect(lines[..<50].allSatisfy(\.isEmpty) && lines[50].hasPrefix("java invoked"))
    #expect(lines[51] == "Mem-Info:" && !lines[500].isEmpty && lines[2000].isEmpty)
    #expect(lines[3052] == "kmemleak: 2 new suspected memory leaks" && lines[3053].isEmpty)
  }

  @Test func `a table of tasks is kept to its end`() {
    let rows = (1...3000).map { "[ \($0)]  0 \($0) 100 50 4096 0 0 task\n" }.joined()
    let lines = kept("Mem-Info:\n" + rows + Self.dull, pieces: 4096)
    #expect(lines[3000].contains("task"))
  }
}
