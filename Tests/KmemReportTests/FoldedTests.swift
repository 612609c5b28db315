import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

@Suite struct FoldedTests {
  @Test func `lines of allocinfo sum to what the report says`() throws {
    let model = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let stacks = try #require(FoldedStacks(.allocinfo, of: model))
    let lines = FoldedText(stacks).text.split(separator: "\n")
    let sum = lines.compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }.reduce(0, +)
    #expect(sum == Health(model).allocationSites.elements.map(\.bytes).reduce(0, +))
    #expect(sum > 0)
    for line in lines { #expect(line.contains(";") && line.split(separator: " ").count == 2) }
  }

  @Test func `two moments give the bytes before and after`() throws {
    let before = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-before"))
    let after = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let old = try #require(FoldedStacks(.allocinfo, of: before))
    let new = try #require(FoldedStacks(.allocinfo, of: after))
    let rows = FoldedText(new, since: old).text.split(separator: "\n")
      .map { $0.split(separator: " ") }
    #expect(rows.allSatisfy { $0.count == 3 })
    #expect(rows.compactMap { Int64($0[1]) }.reduce(0, +) == old.total)
    #expect(rows.compactMap { Int64($0[2]) }.reduce(0, +) == new.total)
  }

  @Test(arguments: [
    ("a b", "a_b"), ("f;g", "f:g"), ("x [mod]", "x_[mod]"), ("", "?"),
    ("\u{1B}[2J", "\\x{1b}[2J"), ("a\nb", "a\\x{a}b"),
  ]) func `a name has neither blanks nor semicolons`(name: String, word: String) {
    #expect(FoldedText.word(name) == word)
  }
}
