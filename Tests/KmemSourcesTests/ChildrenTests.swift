import Testing

@testable import KmemSources

@Suite struct ChildrenTests {
  @Test(arguments: [
    ("712 (sleep) S 99 712 1 0", "sleep"), ("712 (a) b (c) R 99 1 1", "a) b (c"),
    ("712 (sleep) S 9 712 1 0", nil), ("712 (sleep) Z 99 712 1 0", nil),
    ("712 (sleep) X 99 1", nil),
    ("712 (sleep", nil), ("", nil), ("712 )sleep( S 99", nil), ("712 (sleep) S", nil),
  ])
  func `a child is what runs and names the program as its parent`(stat: String, comm: String?) {
    #expect(LiveFacts.runningChild(of: 99, stat: stat) == comm)
  }
}
