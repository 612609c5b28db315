import KmemParsers
import KmemTracing
import Testing

@testable import KmemCommands

@Suite("What a trace takes while it goes on")
struct TraceLoadTests {
  private func counts(seen: Int64, kept: Int64, missed: Int64 = 0) -> EventCounts {
    EventCounts(seen: seen, missed: missed, kept: kept)
  }

  /// The load of so many events in two seconds.
  private func load(seen: Int64, kept: Int64) -> TraceLoad {
    TraceLoad(
      from: counts(seen: 500, kept: 100), to: counts(seen: 500 + seen, kept: 100 + kept), seconds: 2
    )
  }

  private func plan(sampling: Int64 = 1) -> TracePlan {
    TracePlan(TraceTarget(kinds: [.kmalloc], sampling: sampling))
  }

  @Test("is what events cost, by those of the last seconds")
  func isWhatEventsCost() {
    // 10,000 allocations a second, and as many frees: 5 µs and 0.1 µs each, on two processors.
    let share = load(seen: 40_000, kept: 20_000).share(plan(), sampling: 1, processors: 2)
    #expect(abs(share - (10_000 * 5e-6 + 10_000 * 1e-7) / 2) < 1e-9)
  }

  @Test("counts events that the kernel skipped as well, and begins with nothing")
  func countsSkippedEvents() {
    let load = TraceLoad(
      from: counts(seen: 0, kept: 0), to: counts(seen: 100, kept: 0, missed: 900), seconds: 1)
    #expect(load.seen == 1000)
    #expect(load.kept == 0)
  }

  @Test("is what events were measured to cost, where that is more than what is reckoned with")
  func isWhatWasMeasured() {
    let load = TraceLoad(
      from: counts(seen: 0, kept: 0), to: counts(seen: 200, kept: 100), seconds: 2,
      nanoseconds: 400_000_000)
    #expect(load.share(plan(), sampling: 1, processors: 2) == 0.1)
    #expect(load.share(plan(), sampling: 8, processors: 2) == 0.0125)
  }

  @Test("is held by as many samples as the budget allows")
  func isHeldByFewerSamples() throws {
    let load = load(seen: 40_000, kept: 20_000)
    let next = try #require(load.narrowed(plan(), budget: 0.01, processors: 2))
    #expect(next.target.sampling == 4)
    #expect(next.share <= 0.01)
    #expect(next.perSecond == 10_000)
  }

  @Test("goes on from the samples that were taken before")
  func goesOnFromTheSamples() throws {
    let load = load(seen: 640_000, kept: 20_000)
    let next = try #require(load.narrowed(plan(sampling: 4), budget: 0.02, processors: 2))
    #expect(next.target.sampling == 32)
    #expect(next.perSecond == 40_000)
  }

  @Test("can't be held where the fewest samples take more than twice the budget")
  func cantBeHeld() {
    let load = load(seen: 40_000_000, kept: 20_000_000)
    #expect(load.narrowed(plan(), budget: 0.01, processors: 2) == nil)
    #expect(load.narrowed(plan(sampling: 64), budget: 10, processors: 2) == nil)
  }
}
