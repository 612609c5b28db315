import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct SampleTableTests {
  private let slab = SeriesID.memoryClass(.slabUnreclaimable)
  private let cache = SeriesID.slabCache("kmalloc-64")
  private let other = SeriesID.slabCache("kmalloc-96")
  private let process = SeriesID.process(
    ProcessName(pid: 7, comm: "sh", startTime: 100), .memory)

  @Test func `amounts are read again by row, those that never changed too`() {
    var table = SampleTable()
    for row in 0..<5 { table.append([slab: 7, cache: Int64(row)], at: Int64(row)) }
    #expect(table.values(slab) == [7, 7, 7, 7, 7])
    #expect(table.values(cache) == [0, 1, 2, 3, 4])
    #expect(table.latest(cache) == 4)
    #expect(table.samples(of: cache).samples.map(\.time) == [0, 1, 2, 3, 4])
  }

  @Test func `a cache that isn't listed holds nothing, a class that isn't there is missing`() {
    var table = SampleTable()
    table.append([slab: 1, cache: 2], at: 1)
    table.append([cache: 2, other: 5], at: 2)
    table.append([slab: 1, other: 5], at: 3)
    #expect(table.values(slab) == [1, nil, 1])
    #expect(table.values(other) == [0, 5, 5])
    #expect(table.values(cache) == [2, 2, 0])
    #expect(table.latest(cache) == 0)
  }

  @Test func `a source that couldn't be read makes its amounts missing, not zero`() {
    var table = SampleTable()
    table.append([slab: 1, cache: 2], at: 1)
    table.append([slab: 1], at: 2)
    #expect(table.values(cache) == [2, nil])
  }

  @Test func `a process begins when it is first seen, and is forgotten when it is long gone`() {
    var table = SampleTable()
    for row in 0..<100 {
      let all = (10..<15).contains(row) ? [slab: 1, process: Int64(row)] : [slab: 1]
      table.append(all, at: Int64(row))
      if row == 14 { #expect(table.values(process) == [10, 11, 12, 13, 14]) }
      if row == 16 { #expect(table.latest(process) == nil) }
    }
    #expect(table.series == [slab])
  }

  @Test func `many moments are thinned to floors, and every series keeps its times`() {
    var table = SampleTable(limit: 64)
    for row in 0..<1000 {
      // Odd rows are peaks.
      let value = Int64(row % 2 == 0 ? row : 1_000_000)
      var all = [slab: Int64(3), cache: value]
      if row >= 300 { all[process] = Int64(row) }
      table.append(all, at: Int64(row))
    }
    #expect(table.times.count < 64)
    #expect(table.sampleCount == 1000)
    #expect(table.values(cache).compactMap(\.self).allSatisfy { $0 < 1000 })
    #expect(table.values(cache).count == table.times.count)
    #expect(table.values(slab) == Array(repeating: 3, count: table.times.count))
    let series = table.samples(of: process)
    #expect(series.samples.allSatisfy { $0.time >= 300 && ($0.value ?? 0) <= $0.time })
    #expect(table.latest(cache) == 1_000_000)
    #expect(table.times == table.times.sorted())
  }

  @Test func `time that goes back begins anew`() {
    var table = SampleTable()
    table.append([slab: 1], at: 500)
    table.append([slab: 2], at: 10)
    #expect(table.times == [10])
    #expect(table.values(slab) == [2])
  }

  @Test func `thinned at any moment, no row is lost or invented`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      var table = SampleTable(limit: 32)
      let count = Int.random(in: 1...300, using: &random)
      let birth = Int.random(in: 0..<count, using: &random)
      for row in 0..<count {
        var all = [slab: Int64(row)]
        if row >= birth { all[process] = Int64(row) }
        table.append(all, at: Int64(row))
      }
      #expect(table.values(slab).count == table.times.count)
      #expect(table.values(process).count <= table.times.count)
      let floors = zip(table.times, table.values(slab))
      #expect(floors.allSatisfy { time, value in value.map { $0 <= time } ?? false })
    }
  }
}
