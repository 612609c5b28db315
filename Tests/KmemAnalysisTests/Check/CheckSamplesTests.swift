import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What a check keeps of its samples, and what of it is its own doing.
@Suite struct CheckSamplesTests {
  private let cache = SeriesID.slabCache("kmalloc-64")
  private let line = SeriesID.allocationSite(
    AllocationSite(file: "drivers/a.c", line: 1, function: "a", module: nil))

  @Test func `a row more takes no memory, as long as there is room for it`() {
    var rows = AmountRows(limit: 40)
    rows.append([cache: 1, line: 2])
    let room = rows.room
    for row in 1..<40 { rows.append([cache: Int64(row), line: 2]) }
    #expect(rows.room == room)
    #expect(rows.count == 40)
    #expect(rows.values(cache).compactMap(\.self) == [1] + (1..<40).map(Int64.init))
    rows.append([cache: 7])
    #expect(rows.count == 40, "a row beyond the limit is dropped")
  }

  @Test func `a series that comes later held nothing before, and a class isn't known then`() {
    var rows = AmountRows(limit: 300)
    rows.append([cache: 5])
    let many = Dictionary(
      uniqueKeysWithValues: (0..<200).map { (SeriesID.slabCache("c\($0)"), Int64($0)) })
    rows.append(many.merging([.memoryClass(.percpu): 9]) { one, _ in one })
    #expect(rows.values(.slabCache("c7")) == [0, 7])
    #expect(rows.values(.memoryClass(.percpu)) == [nil, 9])
    #expect(rows.values(cache) == [5, 0])
    #expect(rows.values(line).isEmpty)
  }

  @Test(arguments: [1, 7, 20, 256, 257, 1000, 100_000])
  func `at most so many samples are taken, the last run among them`(runs: Int) {
    let pace = SamplePace(wanted: runs)
    let sampled = (1...runs).filter(pace.isSampled)
    #expect(sampled.count <= 257)
    #expect(sampled.last == runs)
    #expect(pace.rows >= sampled.count + pace.idleRounds + 1)
    if runs <= 256 { #expect(sampled.count == runs) }
  }

  @Test func `what each sample takes by itself is measured before, and taken off`() {
    let idle: [Int64?] = [0, 5000, 5512, 6024, 6536, 7048, 7560, 8072, 8584]
    let own = OwnShare(idle)
    #expect(own.perSample == 512)
    // A hundred bytes of each are the command's.
    let values: [Int64?] = (0...20).map { 8584 + Int64($0) * 612 }
    #expect(own.taken(off: values) == (0...20).map { 8584 + Int64($0) * 100 })
  }

  @Test(
    arguments: [
      [0, 4096, 4096, 4096, 8192, 8192, 8192, 8192, 8192],
      [0, 900, 950, 700, 950, 700, 950, 700, 950],
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 512, 1024],
    ] as [[Int64]])
  func `a page that comes once, and what comes and goes, is no share`(values: [Int64]) {
    #expect(OwnShare(values.map(Optional.init)).perSample == 0)
  }

  @Test func `the rate is the command's where samples leak too`() throws {
    var samples = CheckSamples(isShrunk: true, pace: SamplePace(wanted: 20))
    var objects = 1000
    for _ in 0..<8 {
      objects += 32
      samples.addIdle(model(objects: objects))
    }
    for run in 0...20 {
      objects += 32 + (run > 0 ? 1 : 0)
      samples.add(model(objects: objects))
    }
    let series = try #require(samples.series().first { $0.id == cache })
    #expect(series.trend.perIteration == 64)
    #expect(series.ownShare == 32 * 64)
    #expect(series.isLeak)
  }

  @Test func `samples after each fourth run give the rate of one run`() throws {
    let pace = SamplePace(wanted: 1000)
    #expect(pace.stride == 4)
    var samples = CheckSamples(isShrunk: true, pace: pace)
    for run in stride(from: 0, through: 1000, by: pace.stride) {
      samples.add(model(objects: 1000 + 3 * run), after: run)
    }
    let series = try #require(samples.series().first { $0.id == cache })
    #expect(series.trend.perIteration == 192)
    #expect(series.trend.iterations == 1000)
    #expect(series.isLeak)
  }

  @Test(arguments: [false, true])
  func `areas of vmalloc that are freed late raise no sum`(isLost: Bool) {
    var samples = CheckSamples(isShrunk: true)
    for run in 0...100 {
      // Each run leaves fourteen areas, a page for 56; beside them a page may be lost each time.
      let slabs = 10 + run / 4
      samples.add(
        MemoryModel(
          Snapshot(typed: [
            "proc/meminfo": """
            MemTotal: 1000000 kB
            MemFree: 900000 kB
            SUnreclaim: \(5000 + slabs * 4 + (isLost ? 4 * run : 0)) kB

            """,
            "proc/slabinfo": """
            slabinfo - version: 2.1
            # name <active_objs>
            vmap_area \(14 * run) \(56 * slabs) 72 56 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0

            """,
          ])))
    }
    let series = samples.series().first { $0.id == .memoryClass(.slabUnreclaimable) }
    #expect((series?.isLeak ?? false) == isLost)
  }

  private func model(objects: Int) -> MemoryModel {
    MemoryModel(
      Snapshot(typed: [
        "proc/meminfo": "MemTotal: 1000000 kB\nMemFree: 900000 kB\n",
        "proc/slabinfo": """
        slabinfo - version: 2.1
        # name <active_objs>
        kmalloc-64 \(objects) 8192 64 64 1 : tunables 0 0 0 : slabdata 128 128 0

        """,
      ]))
  }
}
