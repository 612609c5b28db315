import Testing

@testable import KmemParsers

@Suite("A kept trace")
struct TraceRecordTests {
  private var record: TraceRecord {
    var record = TraceRecord()
    record.release = "6.1.0-56-cloud-amd64"
    record.wall = 1_790_000_000
    record.windows = [5, 10.25]
    record.sampling = 16
    record.kinds = [.kmalloc, .pages]
    record.size = 2048
    record.pid = 12
    record.kept = 1000
    record.lost = 3
    record.seen = 5000
    record.missed = 2
    record.seesDelayedFrees = true
    record.cost = 12345
    record.engine = .tracefs
    record.sums = [
      TraceRecord.Sum(
        kind: .cache, size: 256, cache: "filp",
        frames: [
          KmemleakFrame(symbol: "leaky_take", offset: 16, length: 64, module: "leaky"),
          KmemleakFrame(symbol: nil, address: 0xffff_ffff_c000_1234),
        ], allocated: [5, 6], left: [1, 2], freed: [4, 3], reused: [0, 1])
    ]
    record.books = [
      TraceRecord.Book(
        .cache(name: "filp", size: 256, isReclaimable: false), before: 10, after: 20,
        aliases: ["bfilp"]),
      TraceRecord.Book(.memoryClass("unaccounted"), before: -5, after: 7),
    ]
    return record
  }

  private func parse(_ text: String) throws(ParseError) -> TraceRecord {
    let bytes = Array(text.utf8)
    return try TraceRecord(parsing: bytes.span)
  }

  @Test("reads back as it was written")
  func readsBackAsItWasWritten() throws {
    #expect(try parse(record.text) == record)
  }

  @Test(
    "is refused as a whole where a line is damaged",
    arguments: [
      ("sum cache 256 filp", "sum cache x filp"), ("left 1 2", "left 1 x"),
      ("kept 1000", "kept many"), ("cache filp 256", "cache filp"), ("class", "klass"),
    ])
  func isRefusedWhereALineIsDamaged(_ change: (String, String)) throws {
    let text = record.text.replacing(change.0, with: change.1)
    #expect(throws: ParseError.self) { try parse(text) }
  }

  @Test("is refused where it was cut short, and where it's something else")
  func isRefusedWhereItWasCut() throws {
    let text = record.text
    let cut = text.split(separator: " freed")[0]
    #expect(throws: ParseError.self) { try parse(String(cut)) }
    #expect(throws: ParseError(line: 1, reason: "no trace: it begins with \"kmemcheck trace 1\"")) {
      try parse("MemTotal: 1 kB\n")
    }
    #expect(
      throws: ParseError(line: 1, reason: "a trace in a format that this version doesn't know")
    ) { try parse("kmemcheck trace 2\n") }
  }
}
