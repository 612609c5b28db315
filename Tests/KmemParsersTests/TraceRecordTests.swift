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
    record.command = []
    record.builds.kernel = "c0ffee00"
    record.builds.modules = ["leaky": "0123abcd"]
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
    #expect(throws: ParseError(line: 1, reason: "no trace: it begins with \"kmemcheck trace\"")) {
      try parse("MemTotal: 1 kB\n")
    }
    #expect(
      throws: ParseError(line: 1, reason: "a trace in a format that this version doesn't know")
    ) { try parse("kmemcheck trace 3\n") }
  }

  @Test("is refused where any one byte was changed, taken away, or added")
  func isRefusedWhereAByteWasChanged() throws {
    let whole = Array(record.text.utf8)
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 1
      #expect(throws: ParseError.self) { try TraceRecord(parsing: changed.span) }
      var shorter = whole
      shorter.remove(at: place)
      guard place + 1 < whole.count else { continue }
      #expect(throws: ParseError.self) { try TraceRecord(parsing: shorter.span) }
      let cut = Array(whole[..<place])
      #expect(throws: ParseError.self) { try TraceRecord(parsing: cut.span) }
    }
    #expect(throws: ParseError.self) { try parse(record.text + "lost 0\n") }
  }

  @Test("says that it was changed, or cut")
  func saysThatItWasChanged() throws {
    let changed = record.text.replacing("kept 1000", with: "kept 2000")
    #expect(throws: ParseError(line: 0, reason: Self.otherBytes)) { try parse(changed) }
    let cut = try #require(record.text.split(separator: "digest").first)
    #expect(throws: ParseError(line: 0, reason: Self.noEnd)) { try parse(String(cut)) }
  }

  private static let otherBytes =
    "changed since it was written: its digest is of other bytes. Copy it anew"
  private static let noEnd = "cut short: its last line, a digest, is missing. Copy it anew"

  @Test("is read as it was where a mail program changed the ends of lines")
  func isReadWithOtherEndsOfLines() throws {
    #expect(try parse(record.text.replacing("\n", with: "\r\n")) == record)
    #expect(try parse(record.text + "\n") == record)
  }

  @Test("of the first format, which has no digest, is read")
  func ofTheFirstFormatIsRead() throws {
    let first = record.text.split(separator: "digest")[0].replacing("trace 2", with: "trace 1")
    #expect(try parse(String(first)) == record)
  }
}
