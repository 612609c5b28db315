import KmemParsers
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Which objects a text repeats.
@Suite struct SeenObjectsTests {
  /// In order, in order with many objects in each tick, and with ticks that go back now and then.
  @Test(arguments: [(1, 0), (200, 0), (3, 50), (1, 2)])
  func `an object counts once, in whatever order they come`(perTick: Int, back: Int) {
    var generator = SeededGenerator(seed: UInt64(perTick * 1000 + back))
    var (seen, expected) = (SeenObjects(), Set<UInt64>())
    var tick: UInt64 = 4_294_667_296
    for number in 0..<20_000 {
      if number % perTick == 0 { tick += UInt64.random(in: 0...2, using: &generator) }
      if back > 0, number % (100 * back) == 99 { tick -= 1000 }
      let object = UInt64.random(in: 0..<UInt64(perTick * 2), using: &generator)
      let identity = (tick << 20 | object).mixed(with: 0) | 1
      #expect(seen.insert(identity, at: tick) == expected.insert(identity).inserted)
    }
  }

  @Test func `a second report repeats all objects of the first`() {
    var seen = SeenObjects()
    for isNew in [true, false] {
      for number: UInt64 in 0..<3000 {
        #expect(seen.insert(number * 2 + 1, at: 1000 + number / 40) == isNew)
      }
    }
  }
}
