import Foundation
import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemHistory

/// Real files of SQLite's, recorded into and read again.
struct HistoryTests {
  private let folder = try? TemporaryFolder()
  private var path: String { "\(folder?.path ?? "")/history.sqlite" }
  private let run = HistoryRun(
    bootID: "boot-1", machineID: "machine", hostname: "db1", release: "6.12.1", wall: 1000)
  private let slab = SeriesID.memoryClass(.slabUnreclaimable)
  private let files = SeriesID.count(.openFiles)

  private func round(
    _ second: Int64, _ values: [SeriesID: Int64], group: String = "fast", wall: Int64? = nil
  ) -> HistoryRound {
    let wall = wall ?? 1000 + second
    return HistoryRound(group: group, time: second * 1_000_000_000, wall: wall, values: values)
  }

  private func values(_ key: SeriesID, boot: String = "boot-1") throws -> [Int64?] {
    let all = try History.reading(path).series(boot: boot)
    return all.first { $0.id == key }?.samples.map(\.value) ?? []
  }

  @Test func `what is recorded is read again, unchanged values too`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for second in 1...5 {
      try recorder.record(round(Int64(second), [slab: 7, files: Int64(second)]))
    }
    #expect(try values(slab) == [7, 7, 7, 7, 7])
    #expect(try values(files) == [1, 2, 3, 4, 5])
    let stored = try History.reading(path).series(boot: "boot-1")
    #expect(stored.map(\.id) == [slab, files] || stored.map(\.id) == [files, slab])
  }

  @Test func `only what changed takes a row`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for second in 1...100 { try recorder.record(round(Int64(second), [slab: 7])) }
    #expect(try recorder.history.database.number("SELECT count(*) FROM value") == 1)
    #expect(try recorder.history.database.number("SELECT count(*) FROM tick") == 100)
  }

  @Test func `a value that goes missing is missing, and comes back`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    try recorder.record(round(1, [slab: 7, files: 1]))
    try recorder.record(round(2, [files: 1]))
    try recorder.record(round(3, [files: 1]))
    try recorder.record(round(4, [slab: 7, files: 1]))
    #expect(try values(slab) == [7, nil, nil, 7])
    #expect(try values(files) == [1, 1, 1, 1])
  }

  @Test func `groups have intervals of their own`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for second in 1...6 {
      try recorder.record(round(Int64(second), [slab: 7]))
      guard second.isMultiple(of: 3) else { continue }
      try recorder.record(round(Int64(second), [files: 2], group: "processes"))
    }
    #expect(try values(slab).count == 6)
    #expect(try values(files) == [2, 2])
  }

  @Test func `a second run goes on with the series of the same boot`() throws {
    try HistoryRecorder(path, run: run).record(round(1, [slab: 7]))
    try HistoryRecorder(path, run: run).record(round(9, [slab: 7]))
    let other = HistoryRun(bootID: "boot-2", wall: 5000)
    try HistoryRecorder(path, run: other).record(round(2, [slab: 1]))
    #expect(try values(slab) == [7, 7])
    #expect(try values(slab, boot: "boot-2") == [1])
    let ranges = try History.reading(path).ranges()
    #expect(ranges.map(\.bootID) == ["boot-1", "boot-1", "boot-2"])
    #expect(ranges.first?.hostname == "db1")
    #expect(ranges.first?.series == 1)
  }

  @Test func `series can be asked for by kind and from a moment on`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for second in 1...5 { try recorder.record(round(Int64(second), [slab: 7, files: 1])) }
    let some = try History.reading(path).series(
      boot: "boot-1", kind: .memoryClass, from: 4_000_000_000)
    #expect(some.map(\.id) == [slab])
    #expect(some.first?.samples.map(\.value) == [7, 7])
  }

  @Test func `old rounds go and what still held stays`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for day in 0..<10 {
      try recorder.record(round(Int64(day) * 86400, [slab: 7, files: Int64(day)]))
    }
    try recorder.trim(olderThan: 3, bytes: .max)
    #expect(try values(slab) == [7, 7, 7, 7])
    #expect(try values(files) == [6, 7, 8, 9])
    try recorder.record(round(10 * 86400, [slab: 7, files: 9]))
    #expect(try values(slab) == [7, 7, 7, 7, 7])
  }

  @Test func `no clock that jumps loses a round`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    let jumps: [Int64] = [0, 9000 * 86400, -9000 * 86400, 3600, -56 * 365 * 86400]
    for (second, jump) in jumps.enumerated() {
      try recorder.record(round(Int64(second), [slab: Int64(second)], wall: 1_800_000_000 + jump))
      try recorder.trim(olderThan: 1, bytes: .max)
    }
    let other = HistoryRun(bootID: "boot-2", wall: 0)
    let young = try HistoryRecorder(path, run: other)
    try young.record(round(1, [slab: 9], wall: 5))
    try young.trim(olderThan: 1, bytes: .max)
    #expect(try values(slab) == [0, 1, 2, 3, 4])
    #expect(try values(slab, boot: "boot-2") == [9])
    #expect(try History.reading(path).ranges().map(\.bootID) == ["boot-1", "boot-2"])
  }

  @Test func `a boot counts as old once more than the limit was recorded after it`() throws {
    for boot in 1...4 {
      let recorder = try HistoryRecorder(path, run: HistoryRun(bootID: "boot-\(boot)", wall: 0))
      for hour in 0...12 { try recorder.record(round(Int64(hour) * 3600, [slab: Int64(hour)])) }
      try recorder.trim(olderThan: 1, bytes: .max)
    }
    let ranges = try History.reading(path).ranges()
    #expect(ranges.map(\.bootID) == ["boot-3", "boot-4"])
    #expect(ranges.map(\.rounds) == [13, 13])
  }

  @Test func `a run whose rounds were all trimmed away writes in full again`() throws {
    let idle = try HistoryRecorder(path, run: run)
    try idle.record(round(1, [slab: 7]))
    let busy = try HistoryRecorder(path, run: run)
    try busy.record(round(9 * 86400, [slab: 8]))
    try busy.trim(olderThan: 1, bytes: .max)
    try idle.record(round(10 * 86400, [slab: 7]))
    #expect(try values(slab) == [8, 7])
  }

  @Test func `a file that is too large loses its oldest rounds and becomes smaller`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    let keys = (0..<100).map { SeriesID.slabCache("cache \($0)") }
    for second in 1...200 {
      try recorder.record(
        round(Int64(second), Dictionary(uniqueKeysWithValues: keys.map { ($0, Int64(second)) })))
    }
    let before = try recorder.history.bytes()
    try recorder.trim(olderThan: 365, bytes: before / 2)
    #expect(try recorder.history.bytes() <= before / 2)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
    #expect(try #require(size) <= before / 2)
    let left = try values(keys[0])
    #expect(left.count > 20 && left.count < 150)
    #expect(left.last == .some(200))
  }

  @Test func `the file is its owner's only and says whose it is`() throws {
    try HistoryRecorder(path, run: run).record(round(1, [slab: 7]))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes[68..<72] == Data("kmck".utf8))
  }
}
