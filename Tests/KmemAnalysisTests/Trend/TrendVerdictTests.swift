import Testing

@testable import KmemAnalysis

/// What is said about series whose truth is plain.
struct TrendVerdictTests {
  private let mebibyte: Int64 = 1 << 20

  /// Amounts every so many seconds.
  private func series(
    _ values: [Int64?], every seconds: Int64 = 10, side: MemorySide = .kernel,
    room: Int64? = nil, unit: TrendUnit = .bytes
  ) -> Series {
    Series(
      unit: unit, side: side, room: room,
      samples: values.enumerated().map {
        .init(time: Int64($0) * seconds * 1_000_000_000, value: $1)
      })
  }

  private func rise(_ count: Int, by step: Int64, from level: Int64 = 100 << 20) -> [Int64?] {
    (0..<count).map { level + Int64($0) * step }
  }

  @Test func `a program that loses 12 KiB a second is found in fifteen samples`() throws {
    let verdict = try #require(series(rise(15, by: 122_880), room: 1 << 30).verdict)
    #expect(verdict.conclusion == .growing)
    #expect(verdict.rate == 12288)
    #expect(verdict.low == 12288)
    let seconds = try #require(verdict.exhaustion)
    #expect(abs(seconds - 87381) < 1)
    #expect(verdict.room == 1 << 30)
    #expect(verdict.grounds == .rose(.kernel))
  }

  @Test func `fourteen samples decide nothing and say how many more it takes`() throws {
    let verdict = try #require(series(rise(14, by: 122_880)).verdict)
    #expect(verdict.conclusion == .notEnough)
    #expect(verdict.samplesNeeded == 1)
    #expect(verdict.secondsNeeded == 10)
    #expect(verdict.grounds == .tooFew(14, hasBooted: false))
  }

  @Test(arguments: [0, 1, 2])
  func `no samples, or without values, don't trap`(count: Int) throws {
    let verdict = try #require(series(.init(repeating: nil, count: count)).verdict)
    #expect(verdict.conclusion == .notEnough)
    #expect(verdict.rate == nil)
  }

  @Test func `growing cache is cache, and what is left to grow into means nothing`() throws {
    let verdict = try #require(series(rise(60, by: mebibyte), side: .cache, room: 1).verdict)
    #expect(verdict.conclusion == .cache)
    #expect(verdict.exhaustion == nil)
  }

  @Test func `what programs hold open is held for user space`() throws {
    let verdict = try #require(
      series(rise(60, by: 30), side: .heldForUserSpace, room: 100_000, unit: .count(.openFiles))
        .verdict)
    #expect(verdict.conclusion == .heldForUserSpace)
    #expect(verdict.exhaustion != nil)
    #expect(abs((verdict.rate ?? 0) * 3600 - 10_800) < 1)
  }

  @Test(arguments: MemorySide.allCases)
  func `sure growth is called what its side says`(side: MemorySide) throws {
    let verdict = try #require(series(rise(60, by: mebibyte), side: side).verdict)
    #expect(verdict.conclusion == side.conclusion ?? .growing)
  }

  @Test func `what doesn't change is stable`() throws {
    let verdict = try #require(series(.init(repeating: 100 << 20, count: 60)).verdict)
    #expect(verdict.conclusion == .stable)
    #expect(verdict.grounds == .flat)
    #expect(verdict.secondsNeeded == nil)
  }

  @Test func `a cache that fills in the first half of the run and stays is stable`() throws {
    for length in [5, 10, 20, 28] {
      let values = (0..<60).map { Int64?(Int64(min($0, length)) * mebibyte) }
      #expect(try #require(series(values).verdict).conclusion == .stable)
    }
  }

  @Test func `a leak after a large warm-up keeps its rate`() throws {
    let values = (0..<100).map { Int64?(Int64(min($0, 8)) * 50 * mebibyte + Int64($0) * 409_600) }
    let verdict = try #require(series(values).verdict)
    #expect(verdict.conclusion == .growing)
    #expect(verdict.rate == 40960)
  }

  @Test func `a sawtooth is stable, and one whose floor rises grows`() throws {
    let teeth = (0..<240).map { Int64($0 % 12) * mebibyte }
    #expect(try #require(series(teeth).verdict).conclusion == .stable)
    let rising = teeth.enumerated().map { Int64?($1 + Int64($0) * 262_144) }
    let verdict = try #require(series(rising).verdict)
    #expect(verdict.conclusion == .growing)
    #expect(abs(try #require(verdict.rate) - 26214) < 1500)
  }

  @Test func `what rises too little so far says how long to go on`() throws {
    let verdict = try #require(series(rise(60, by: 4096)).verdict)
    #expect(verdict.conclusion == .notEnough)
    #expect(verdict.grounds == .small)
    #expect(try #require(verdict.secondsNeeded) > 1500)
    #expect(try #require(verdict.samplesNeeded) > 150)
  }

  @Test func `what falls is stable`() throws {
    #expect(try #require(series(rise(60, by: -mebibyte)).verdict).conclusion == .stable)
  }

  @Test func `values that are missing in between change nothing`() throws {
    var values = rise(60, by: mebibyte)
    for place in [0, 5, 6, 7, 30, 44] { values[place] = nil }
    let verdict = try #require(series(values).verdict)
    #expect(verdict.conclusion == .growing)
    #expect(verdict.rate == Double(mebibyte) / 10)
  }

  @Test func `what is gone at the end has no trend`() throws {
    let verdict = try #require(series(rise(60, by: mebibyte) + [nil, nil, nil]).verdict)
    #expect(verdict.conclusion == .notEnough)
    #expect(verdict.grounds == .gone(3))
  }

  @Test func `a gap of hours in between leaves the rate`() throws {
    let times = (0..<30).map { Int64($0) * 10 } + (0..<30).map { 36_000 + Int64($0) * 10 }
    let samples = times.map {
      Series.Sample(time: $0 * 1_000_000_000, value: 1 << 30 + $0 * 104_857)
    }
    let verdict = try #require(Series(samples: samples).verdict)
    #expect(verdict.conclusion == .growing)
    #expect(verdict.rate == 104_857)
  }

  @Test func `a boot ends a series and begins another`() throws {
    var series = series(rise(60, by: mebibyte))
    series.append(.init(time: 5_000_000_000, value: 1))
    #expect(series.samples.count == 1)
    #expect(series.restarts == 1)
    let verdict = try #require(series.verdict)
    #expect(verdict.conclusion == .notEnough)
    #expect(verdict.grounds == .tooFew(1, hasBooted: true))
  }

  @Test func `two samples of one time are one`() {
    var series = series([1, 2])
    series.append(.init(time: 10_000_000_000, value: 3))
    #expect(series.samples.count == 2)
    #expect(series.latest == 2)
  }

  @Test func `amounts and times at the ends of what fits never trap`() throws {
    let wild = (0..<40).map { index in
      Series.Sample(
        time: index < 20 ? .min + Int64(index) : Int64(index) << 50,
        value: index.isMultiple(of: 3) ? .max : .min)
    }
    let verdict = try #require(Series(room: .max, samples: wild).verdict)
    #expect(verdict.samples == 40)
    let steep = series((0..<40).map { $0 < 20 ? .min : .max }, every: 1)
    #expect(try #require(steep.verdict).samples == 40)
  }

  @Test func `all verdicts come in the order of their series`() {
    let verdicts = TrendJudge.verdicts([
      series(rise(5, by: 1)), series(rise(60, by: mebibyte)), series([]),
    ])
    #expect(verdicts.map(\.conclusion) == [.notEnough, .growing, .notEnough])
  }
}
