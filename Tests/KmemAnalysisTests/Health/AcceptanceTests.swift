import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What is accepted for a machine isn't judged, and fires again when it gets worse.
struct AcceptanceTests {
  private static let tables = Finding(.warning, .pageTables(.init(bytes: 6 << 30, part: 0.06)))

  @Test(arguments: [
    ("pageTables", true), ("page-tables", true), ("PAGETABLES=6GiB", true),
    ("pageTables=5GiB", false),
    ("pageTables=6%", true), ("pageTables=5.9%", false), ("pageTables=7000", false),
    ("swap", false),
  ])
  func `a limit is bytes or percent`(text: String, covers: Bool) throws {
    #expect(try Acceptance(text).covers(Self.tables) == covers)
  }

  @Test func `of what is left less is worse`() throws {
    let left = Finding(.critical, .available(.init(bytes: 1 << 30, part: 0.015)))
    #expect(try Acceptance("available=1%").covers(left))
    #expect(try !Acceptance("available=2%").covers(left))
  }

  @Test func `counts are counts`() throws {
    let dying = Finding(.warning, .dyingCgroups(5000))
    #expect(try Acceptance("dyingCgroups=5000").covers(dying))
    #expect(try !Acceptance("dyingCgroups=4999").covers(dying))
  }

  @Test(arguments: ["pageTables=", "pageTables=2XB", "pageTables=-1", "pageTables=99999999999TiB"])
  func `a value that is none is refused`(text: String) {
    #expect(throws: Acceptance.Refusal.self) { try Acceptance(text) }
  }

  @Test func `an id that no rule has is refused`() {
    #expect(throws: Acceptance.Refusal.noRule("pagetable")) { try Acceptance("pagetable=2%") }
  }

  @Test func `a file has one rule a line, with the reason`() throws {
    let file = try AcceptFile(
      "# of this host\n\nswap # by design\npageTables = 8%\n", name: "accept")
    #expect(file.acceptances.map(\.rule) == [.swapFull, .pageTables])
    #expect(file.acceptances.map(\.reason) == ["by design", nil])
    #expect(throws: AcceptFile.Refusal(place: "accept:2", reason: .noRule("x"))) {
      try AcceptFile("swap\nx\n", name: "accept")
    }
  }

  @Test func `what is accepted stands apart`() throws {
    let text = "MemTotal: 1000000 kB\nSwapTotal: 100000 kB\nSwapFree: 9000 kB\n"
    let model = MemoryModel(Snapshot(typed: ["proc/meminfo": text]))
    let health = Health(model, accepting: [try Acceptance("swap=95%")])
    #expect(health.accepted.map(\.rule) == [.swapFull])
    #expect(!health.findings.contains { $0.rule == .swapFull })
    let worse = Health(model, accepting: [try Acceptance("swap=90%")])
    #expect(worse.accepted == [])
  }

  @Test func `each rule is declared once, and has a limit that fits it or none`() {
    #expect(Finding.table.map(\.rule).count == Finding.Rule.allCases.count)
    #expect(Set(Finding.table.map(\.rule)) == Set(Finding.Rule.allCases))
  }

  @Test func `causes stand before what comes of them`() {
    for severity in Finding.Severity.allCases {
      let roles = Finding.table.filter { $0.severity == severity }.map(\.role)
      let causes = roles.lastIndex(of: .cause) ?? -1
      #expect(roles.firstIndex(of: .symptom) ?? .max > causes)
    }
  }
}
