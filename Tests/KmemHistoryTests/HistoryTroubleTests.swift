import Foundation
import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemHistory

/// Killed writers, damaged files, other people's files, several writers at once.
struct HistoryTroubleTests {
  private let folder = try? TemporaryFolder()
  private var path: String { "\(folder?.path ?? "")/history.sqlite" }
  private let run = HistoryRun(bootID: "boot", wall: 1000)
  private let slab = SeriesID.memoryClass(.slabUnreclaimable)

  private func round(_ second: Int64, _ value: Int64 = 7) -> HistoryRound {
    .init(group: "fast", time: second * 1_000_000_000, wall: 1000 + second, values: [slab: value])
  }

  /// A history of a few hundred pages, closed.
  private func fill() throws {
    let recorder = try HistoryRecorder(path, run: run)
    for second in 1...40 {
      let values = (0..<100).map { (SeriesID.slabCache("\($0)"), Int64(second) << 40) }
      try recorder.record(
        .init(
          group: "fast", time: Int64(second) * 1_000_000_000, wall: 1000 + Int64(second),
          values: Dictionary(values) { $1 }))
    }
  }

  private func damage(at offset: UInt64, _ bytes: Data) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: bytes)
    try file.close()
  }

  private func expectNew() throws {
    let recorder = try HistoryRecorder(path, run: run)
    let warning = try #require(recorder.warnings.first)
    #expect(warning.hasPrefix("The history \(path) was damaged ("))
    #expect(warning.hasSuffix("set aside as \(path).damaged-1, and a new one was begun."))
    #expect(FileManager.default.fileExists(atPath: "\(path).damaged-1"))
    try recorder.record(round(1))
    #expect(try History.reading(path).series(boot: "boot").count == 1)
  }

  @Test func `a writer killed at any moment leaves every round it told of`() throws {
    for kill in [1, 7, 40] {
      let told = try RecordingProcess(path, boot: "kill-\(kill)", rounds: 0).kill(after: kill)
      #expect(told >= kill)
      let stored = try History.reading(path).series(boot: "kill-\(kill)")
      #expect(stored.count == 50)
      #expect(stored.allSatisfy { $0.samples.count >= told })
    }
    let recorder = try HistoryRecorder(path, run: run)
    #expect(recorder.warnings.isEmpty)
    try recorder.record(round(1))
    #expect(try History.reading(path).ranges().count == 4)
  }

  @Test func `of several that begin a file at the same time none takes it for another program's`()
    throws
  {
    for attempt in 1...8 {
      let file = "\(path)-\(attempt)"
      let writers = try (1...4).map { try RecordingProcess(file, boot: "boot-\($0)", rounds: 1) }
      #expect(writers.map { $0.finish() } == ["1", "1", "1", "1"])
    }
  }

  @Test func `three writers and a reader at once lose nothing`() throws {
    let writers = try (1...3).map { try RecordingProcess(path, boot: "boot-\($0)", rounds: 60) }
    var reads = 0
    while reads < 20 {
      // The file may not be there yet; once it is, every read has to work.
      if let history = try? History.reading(path) { _ = try history.ranges() }
      reads += 1
      usleep(5000)
    }
    #expect(writers.map { $0.finish() } == ["60", "60", "60"])
    let history = try History.reading(path)
    #expect(try history.ranges().map(\.rounds) == [60, 60, 60])
    for boot in 1...3 {
      let stored = try history.series(boot: "boot-\(boot)")
      #expect(stored.count == 50)
      #expect(stored.allSatisfy { $0.samples.count == 60 })
    }
  }

  @Test func `a damaged page is found and the file set aside`() throws {
    try fill()
    try damage(at: 4096 * 4, Data(repeating: 0xA5, count: 4096 * 6))
    try expectNew()
  }

  @Test func `damage that shows while recording is set aside, and the round goes into a new file`()
    throws
  {
    try fill()
    let recorder = try HistoryRecorder(path, run: run)
    try recorder.record(round(41))
    try recorder.history.database.execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory")
    try damage(at: 4096, Data(repeating: 0xA5, count: 4096 * 30))
    try recorder.record(round(42))
    #expect(recorder.warnings.count == 1)
    #expect(FileManager.default.fileExists(atPath: "\(path).damaged-1"))
    let stored = try History.reading(path).series(boot: "boot")
    #expect(stored.map { $0.samples.map(\.value) } == [[7]])
  }

  @Test func `a file cut short is set aside`() throws {
    try fill()
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 4096 * 3 + 100)
    try file.close()
    try expectNew()
  }

  @Test func `a file of zeros, as a crash leaves, is set aside`() throws {
    try folder?.write("history.sqlite", [UInt8](repeating: 0, count: 8192))
    try expectNew()
  }

  @Test func `a damaged file is told to readers and not touched`() throws {
    try fill()
    try damage(at: 4096, Data(repeating: 0xA5, count: 4096 * 30))
    #expect {
      let history = try History.reading(path)
      _ = try history.ranges()
      _ = try history.series(boot: "boot")
    } throws: { error in
      (error as? HistoryError)?.kind == .damaged
    }
    #expect(!FileManager.default.fileExists(atPath: "\(path).damaged-1"))
  }

  @Test func `what hides all that was recorded is told as damage`() throws {
    try fill()
    let database = try History.reading(path).database
    let pages = try #require(try database.number("PRAGMA page_count"))
    let size = try #require(try database.number("PRAGMA page_size"))
    // Every page but the first two: the schema can still be read.
    try damage(at: UInt64(2 * size), Data(repeating: 0x55, count: Int((pages - 2) * size)))
    let error = #expect(throws: HistoryError.self) { try History.reading(path).ranges() }
    #expect(error?.kind == .damaged)
  }

  @Test func `reading leaves no files beside a history that nobody writes`() throws {
    try fill()
    #expect(try History.reading(path).ranges().count == 1)
    let folder = try #require(folder?.path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["history.sqlite"])
  }

  @Test func `a folder is no history`() throws {
    let folder = try #require(folder?.path)
    let error = #expect(throws: HistoryError.self) { try History.reading(folder) }
    #expect(error?.sentence == "Can't open the history \(folder): it's a folder.")
  }

  @Test func `somebody's notes are refused and stay where they are`() throws {
    try folder?.write("history.sqlite", Array("Remember the milk, the bread and the butter.".utf8))
    #expect {
      try HistoryRecorder(path, run: run)
    } throws: { error in
      (error as? HistoryError)?.kind == .foreign
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("Remember the milk"))
  }

  @Test func `another program's database is refused`() throws {
    try folder?.write("history.sqlite", [])
    try Database(path, flags: 2).execute("CREATE TABLE bookmark(url TEXT)")
    for isReader in [true, false] {
      #expect {
        if isReader { _ = try History.reading(path) } else { _ = try History.writing(path) }
      } throws: { error in
        (error as? HistoryError)?.sentence
          == "\(path) is no history of kmemcheck (application id 0). Name another file."
      }
    }
  }

  @Test func `a newer format is refused in a sentence and kept`() throws {
    try fill()
    try Database(path, flags: 2).execute("PRAGMA user_version = 99")
    #expect {
      try HistoryRecorder(path, run: run)
    } throws: { error in
      (error as? HistoryError)?.sentence == "The history \(path) was written by a newer kmemcheck"
        + " (its format is 99, this one knows up to 2). Use that version, or name another file."
    }
    try Database(path, flags: 2).execute("PRAGMA user_version = 2")
    #expect(try History.reading(path).series(boot: "boot").count == 100)
  }

  @Test func `a full disk fails in a sentence, and what was written before stays`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    try recorder.record(round(1))
    let pages = try #require(try recorder.history.database.number("PRAGMA page_count"))
    try recorder.history.database.execute("PRAGMA max_page_count = \(pages)")
    let many = (0..<2000).map { (SeriesID.slabCache("\($0)"), Int64(1)) }
    #expect {
      try recorder.record(
        .init(group: "all", time: 2, wall: 2, values: Dictionary(many) { $1 }))
    } throws: { error in
      (error as? HistoryError)?.kind == .full
    }
    try recorder.record(round(2, 8))
    let stored = try History.reading(path).series(boot: "boot")
    #expect(stored.map { $0.samples.map(\.value) } == [[7, 8]])
  }

  @Test func `a file that another process holds is told as busy, and the next round is written`()
    throws
  {
    let recorder = try HistoryRecorder(path, run: run)
    try recorder.record(round(1))
    try recorder.history.database.execute("PRAGMA busy_timeout = 20")
    let other = try Database(path, flags: 2)
    try other.execute("BEGIN IMMEDIATE")
    #expect {
      try recorder.record(round(2, 8))
    } throws: { error in
      (error as? HistoryError)?.kind == .busy
    }
    try other.execute("ROLLBACK")
    try recorder.record(round(3, 8))
    let stored = try History.reading(path).series(boot: "boot")
    #expect(stored.first?.samples.map(\.value) == [7, 8])
  }

  @Test func `a file that isn't there, or in no folder, is told`() throws {
    #expect {
      _ = try History.reading(path)
    } throws: { error in
      (error as? HistoryError)?.kind == .cannotOpen
    }
    #expect {
      _ = try History.writing("\(path)/no/folder.sqlite")
    } throws: { error in
      (error as? HistoryError)?.sentence.contains("No such file or directory") == true
    }
  }

  @Test func `rounds missed while the disk was full are written when it isn't`() throws {
    let recorder = try HistoryRecorder(path, run: run)
    var missed = MissedRounds()
    for second in 1...3 { missed.add(round(Int64(second), Int64(second) * 100)) }
    let full = HistoryError(kind: .full, path: path, reason: "database or disk is full")
    var tries = 0
    #expect(throws: full) {
      try missed.write { round throws(HistoryError) in
        tries += 1
        guard tries < 2 else { throw full }
        try recorder.record(round)
      }
    }
    #expect(missed.rounds.count == 2)
    try missed.write { round throws(HistoryError) in try recorder.record(round) }
    #expect(missed.rounds.isEmpty && missed.lost == 0)
    let stored = try #require(History.reading(path).series(boot: "boot").first)
    #expect(stored.samples.map(\.value) == [100, 200, 300])
  }

  @Test func `of rounds missed for too long the latest are kept, and the others counted`() {
    var missed = MissedRounds()
    for second in 1...100 { missed.add(round(Int64(second))) }
    #expect(missed.rounds.count == MissedRounds.limit)
    #expect(missed.lost == 100 - MissedRounds.limit)
    #expect(missed.rounds.last?.wall == 1100)
  }

  @Test func `views, giant values and searches without end in a stranger's file run for nobody`()
    throws
  {
    try fill()
    let database = try Database(path, flags: 2)
    try database.execute(
      """
      ALTER TABLE series RENAME TO own;
      CREATE VIEW series AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT i AS id, 'cache' AS kind, 'x' AS key FROM n
      """)
    #expect(throws: HistoryError.self) { try History.reading(path).series(boot: "boot") }
  }
}
