import Testing

@testable import KmemParsers

@Suite struct JiffiesTests {
  private func ticks(_ text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    return Jiffies.value(in: bytes.span)
  }

  @Test func `timer_list and the scheduler's file spell it differently`() {
    #expect(ticks("  .last_jiffies   : 12\njiffies: 4294899421\njiffies: 7\n") == 4_294_899_421)
    #expect(ticks("ktime      : 1.5\njiffies              : 4294936288\n") == 4_294_936_288)
  }

  @Test(arguments: ["", "jiffies", "jiffies:", "jiffies: many", "jiffies 5", "jiffies: -1"])
  func `what doesn't tell is nothing`(text: String) {
    #expect(ticks(text) == nil)
  }
}
