import Foundation
import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemHistory

/// A history that the first version recorded on a real machine, which has to be read for ever.
struct FirstFormatTests {
  private let folder = try? TemporaryFolder()
  private let original = "\(Fixture.folder)/history/mebibyte-an-hour.sqlite"

  /// A copy that may be written to.
  private func copy() throws -> String {
    let path = "\(folder?.path ?? "")/copy.sqlite"
    try FileManager.default.copyItem(atPath: original, toPath: path)
    return path
  }

  private func boot(_ history: History) throws -> String {
    try #require(try history.ranges().last).bootID
  }

  private func samples(_ history: History) throws -> [SeriesID: [Series.Sample]] {
    let stored = try history.series(boot: try boot(history))
    return Dictionary(stored.map { ($0.id, $0.samples) }) { first, _ in first }
  }

  @Test func `it is read to the same series as when it was recorded`() throws {
    let history = try History.reading(original)
    let found = try samples(history)
    let rows = try Database(original, flags: 1).statement(
      "SELECT kind, name, count(value) FROM series JOIN value ON value.series = series.id GROUP BY 1, 2"
    )
    var series = 0
    while try rows.step() {
      let (kind, name) = (rows.text(0) ?? "", rows.text(1) ?? "")
      // Sums by side are judgements: they are made anew.
      if kind == "side", name != "memory in use" { continue }
      let id = try #require(FirstFormat.series(kind, name), "\(kind) \(name)")
      let samples = try #require(found[id], "\(kind) \(name)")
      // Values are recorded where they change: no series changed more often than it was.
      let changes = 1 + zip(samples, samples.dropFirst()).count { $0.value != $1.value }
      #expect(Int64(changes) >= (rows.number(2) ?? 0), "\(kind) \(name)")
      series += 1
    }
    #expect(series == found.count)
    #expect(found[.system]?.isEmpty == false)
    #expect(found[.memoryClass(.slabUnreclaimable)]?.isEmpty == false)
  }

  @Test func `brought to today's format it reads the same, and goes on`() throws {
    let before = try samples(try History.reading(original))
    let path = try copy()
    let recorder = try HistoryRecorder(path, run: HistoryRun(bootID: "later", wall: 1))
    #expect(recorder.warnings.isEmpty)
    try recorder.record(
      HistoryRound(group: "memory", time: 1, wall: 1, values: [.system: 7, .slabCache("filp"): 1]))
    let history = try History.reading(path)
    let old = try #require(try History.reading(original).ranges().last).bootID
    let after = Dictionary(
      try history.series(boot: old).map { ($0.id, $0.samples) }
    ) { first, _ in first }
    #expect(after == before)
    #expect(try history.database.number("PRAGMA user_version") == Schema.version)
    #expect(try history.database.text("PRAGMA integrity_check") == "ok")
    #expect(try history.series(boot: "later").count == 2)
  }

  @Test func `what a cache was held for told whether it can be given back`() throws {
    let path = "\(folder?.path ?? "")/old.sqlite"
    let database = try Database(path, flags: 6)
    try database.execute(Schema.migrations[0])
    try database.execute(
      """
      INSERT INTO run(id, boot, wall) VALUES(1, 'b', 1);
      INSERT INTO series(id, kind, name, unit, holder) VALUES
        (1, 'cache', 'made_up', 'bytes', 'cache'), (2, 'cache', 'other', 'bytes', 'owner'),
        (3, 'cache', 'filp', 'bytes', 'userSpace'), (4, 'side', 'the kernel', 'bytes', 'owner'),
        (5, 'class', 'GPU', 'bytes', 'owner'), (6, 'count', 'open files', 'open files', 'userSpace'),
        (7, 'martian', 'x', 'bytes', 'owner');
      INSERT INTO member(run, series, part) SELECT 1, id, 'memory' FROM series;
      INSERT INTO tick(run, part, time, wall) VALUES(1, 'memory', 5, 1);
      INSERT INTO value(run, series, time, value) SELECT 1, id, 5, id FROM series;
      PRAGMA application_id = \(Schema.application);
      PRAGMA user_version = 1;
      """)
    let history = try History.reading(path)
    let stored = try history.series(boot: "b")
    #expect(try history.unknownSeries() == 1)
    let facts = stored.map { "\($0.id.key) \($0.isReclaimable.map(String.init) ?? "?")" }
    #expect(facts == ["made_up true", "other false", "filp ?", "gpuActive ?", "openFiles ?"])
  }
  @Test func `another boot's kernel doesn't change what was recorded of this one`() throws {
    let path = "\(folder?.path ?? "")/two.sqlite"
    for (boot, isReclaimable) in [("one", true), ("two", false)] {
      let recorder = try HistoryRecorder(path, run: HistoryRun(bootID: boot, wall: 1))
      try recorder.record(
        HistoryRound(
          group: "memory", time: 1, wall: 1, values: [.slabCache("made_up"): 7],
          reclaimable: ["made_up": isReclaimable]))
    }
    let history = try History.reading(path)
    #expect(try history.series(boot: "one").first?.isReclaimable == true)
    #expect(try history.series(boot: "two").first?.isReclaimable == false)
  }

  @Test func `series that this version doesn't know are kept when the format is brought up`() throws
  {
    let path = "\(folder?.path ?? "")/kept.sqlite"
    let database = try Database(path, flags: 6)
    try database.execute(Schema.migrations[0])
    try database.execute(
      """
      INSERT INTO run(id, boot, wall) VALUES(1, 'b', 1);
      INSERT INTO series(id, kind, name, unit, holder) VALUES
        (1, 'martian', 'x', 'bytes', 'owner'), (2, 'side', 'the kernel', 'bytes', 'owner');
      INSERT INTO member(run, series, part) VALUES(1, 1, 'memory'), (1, 2, 'memory');
      INSERT INTO tick(run, part, time, wall) VALUES(1, 'memory', 5, 1);
      INSERT INTO value(run, series, time, value) VALUES(1, 1, 5, 7), (1, 2, 5, 8);
      PRAGMA application_id = \(Schema.application);
      PRAGMA user_version = 1;
      """)
    _ = try HistoryRecorder(path, run: HistoryRun(bootID: "later", wall: 2))
    let history = try History.reading(path)
    #expect(try history.unknownSeries() == 1)
    #expect(try history.database.number("SELECT value FROM value JOIN series ON id = series") == 7)
    #expect(try history.database.number("SELECT count(*) FROM value") == 1)
  }
}
