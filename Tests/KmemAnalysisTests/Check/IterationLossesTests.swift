import Testing

@testable import KmemAnalysis

/// What iterations are said to lose, where kmemleak finds all of it and where it misses some.
@Suite struct IterationLossesTests {
  /// A group that was found so many times at each iteration.
  private func group(_ size: Int64, _ objects: [Int64]) throws -> LeakGroup {
    var group = try #require(
      LeakTexts.report(LeakTexts.object("0xffff888000000100")).groups.first)
    for (index, count) in objects.enumerated() where count > 0 {
      group.lose(count, count * size, in: index, of: objects.count)
    }
    return group
  }

  @Test func `what a stale word hides at some iterations is lost at them too`() throws {
    let whole = try group(512, Array(repeating: 10, count: 10))
    let missed = try group(4096, [1, 0, 1, 1, 0, 1, 1, 0, 1, 1])
    let losses = try #require(IterationLosses([whole, missed]))
    #expect(losses.typical == 9216)
    #expect(losses.mean == 7987.2)
    #expect(losses.found.min() == 5120)
    #expect(losses.found.max() == 9216)
  }

  @Test func `what most iterations don't lose isn't said of all`() throws {
    let once = try group(4096, [8, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    let losses = try #require(IterationLosses([once]))
    #expect(losses.typical == 0)
    #expect(losses.trend.word != .leaks)
  }

  @Test func `without iterations nothing is said`() throws {
    let report = LeakTexts.report(LeakTexts.object("0xffff888000000100"))
    #expect(IterationLosses(report.groups) == nil)
    #expect(IterationLosses([]) == nil)
  }
}
