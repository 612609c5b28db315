import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemReport
import KmemSnapshot

@Suite struct DiffGoldenTests {
  private func growth(_ index: Int) throws -> DiffReport {
    DiffReport(
      from: try Fixture.snapshot(comparisons[index].before),
      to: try Fixture.snapshot(comparisons[index].after))
  }

  @Test(arguments: comparisons.indices, widths) func `text`(index: Int, width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = DiffText(try growth(index), style: style, isVerbose: false).text
    expectGolden("diff/\(comparisons[index].name).\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: "))
  }

  @Test(arguments: comparisons.indices) func `JSON`(index: Int) throws {
    expectGolden(
      "diff/\(comparisons[index].name).json", DiffJSON.document(try growth(index)).text)
  }

  @Test func `everything, into a pipe`() throws {
    let text = DiffText(try growth(0), style: .plain, isVerbose: true).text
    expectGolden("diff/6.18-guest.verbose.txt", text)
    expectDecency(text, width: nil)
  }

  @Test func `in colour`() throws {
    let style = Style(isColored: true, width: 80)
    expectGolden(
      "diff/4.18-vmalloc-leak.80.color.txt",
      DiffText(try growth(1), style: style, isVerbose: false).text)
  }

  @Test(arguments: comparisons.indices, [80, 160])
  func `everything fits too`(index: Int, width: Int) throws {
    let style = Style(isColored: false, width: width)
    expectDecency(DiffText(try growth(index), style: style, isVerbose: true).text, width: width)
  }

  @Test(arguments: comparisons.indices)
  func `two snapshots are never said to leak`(index: Int) throws {
    let text = DiffText(try growth(index), style: .plain, isVerbose: true).text
    let verdict = lastParagraph(text)
    #expect(!text.lowercased().contains("leak confirmed"))
    let harmless = ["never a leak", "No leak", "Not a leak", "demo_leak"]
    let rest = harmless.reduce(verdict) { $0.replacing($1, with: "") }
    #expect(!rest.lowercased().contains("leak"), "\(verdict)")
  }

  @Test func `the verdict names the line of source, or the vmalloc caller, and its module`() throws
  {
    let caller = lastParagraph(DiffText(try growth(1), style: .plain, isVerbose: false).text)
    #expect(caller.contains("vmalloc, asked for by demo_ring_alloc+0x2f/0x90 [demo_nic]"))
    let tag = lastParagraph(DiffText(try growth(2), style: .plain, isVerbose: false).text)
    #expect(tag.contains("allocated by demo_store drivers/demo/demo_main.c:42 [demo_leak]"))
  }

  @Test func `the first screen names amount, class, cache and what is left`() throws {
    let style = Style(isColored: false, width: 80)
    let text = DiffText(try growth(0), style: style, isVerbose: false).text
    let screen = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(24)
      .joined(separator: "\n")
    for word in ["available", "slab, unreclaimable", "shmem_inode_cache", "unaccounted"] {
      #expect(screen.contains(word), "\(word) isn't in the first 24 lines")
    }
  }
}
