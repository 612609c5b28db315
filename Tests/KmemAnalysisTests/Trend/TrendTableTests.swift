import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@testable import KmemAnalysis

/// Prints the tables of `docs/verdict.md` when asked to.
struct TrendTableTests {
  /// Series for each cell of the tables: 1000 are what the page shows.
  private static let rounds = unsafe getenv("KMEMCHECK_TREND_ROUNDS")
    .flatMap { Int(unsafe String(cString: $0)) }

  private func percent(_ found: Int, of rounds: Int) -> String {
    let tenths = (found * 1000 + rounds / 2) / rounds
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// How many of the series grow by kmemcheck, are undecided, grow by other rules: cells of a table.
  private func cells(_ all: [[Double]]) -> String {
    let words = all.map { Series($0).verdict?.conclusion }
    let own = [Conclusion.growing, .notEnough].map { word in words.count { $0 == word } }
    let plain = PlainRule.allCases.map { rule in all.count { rule.calls($0) } }
    return (own + plain).map { percent($0, of: all.count) }.joined(separator: " | ")
  }

  private var heading: String {
    (["growing", "not enough data"] + PlainRule.allCases.map(\.rawValue)).joined(separator: " | ")
  }

  @Test(.enabled(if: rounds != nil, "set KMEMCHECK_TREND_ROUNDS to print the tables"))
  func `false growth by shape`() {
    let rounds = Self.rounds ?? 1
    print("| leak-free shape | \(heading) |")
    var all: [[Double]] = []
    for shape in SimulatedSeries.Shape.allCases {
      var simulated = SimulatedSeries(seed: 100)
      let some = (0..<rounds).map { simulated.values(shape, [60, 120, 240, 360][$0 % 4]) }
      all += some
      print("| \(shape.rawValue) | \(cells(some)) |")
    }
    print("| all | \(cells(all)) |")
    let own = all.count { Series($0).verdict?.conclusion == .growing }
    print("said to grow: \(own) of \(all.count)")
    #expect(own * 1000 <= all.count)
  }

  @Test(.enabled(if: rounds != nil, "set KMEMCHECK_TREND_ROUNDS to print the tables"))
  func `detection by growth against noise`() {
    let rounds = Self.rounds ?? 1
    print("| samples | φ | growth / noise | \(heading) |")
    for count in [60, 120, 360] {
      for share in [0.0, 0.5, 0.9] {
        for rise in [2.0, 5, 8, 12, 20, 40] {
          var simulated = SimulatedSeries(seed: 200)
          let all = (0..<rounds).map { _ in simulated.leak(count, rise: rise, share: share) }
          print("| \(count) | \(share) | \(Int(rise)) | \(cells(all)) |")
          guard rise == 40 else { continue }
          #expect(all.count { Series($0).verdict?.conclusion == .growing } * 100 >= 95 * rounds)
        }
      }
    }
  }
}
