import Testing

@testable import KmemAnalysis

@Suite struct SuppressionTests {
  private func rules(_ text: String) throws -> [Suppression] {
    try SuppressionFile(text, name: "file").rules
  }

  private static let text =
    LeakTexts.object("0xffff888000000100")
    + LeakTexts.object("0xffff888000000200", size: 64, comm: "bash")

  @Test(arguments: [
    ("frame: leak", 2), ("frame: le*k [leaky]", 2), ("frame: leak [other]", 0), ("frame: x*", 0),
    ("module: leak*", 2), ("size: 64", 1), ("size: 32..191", 1), ("comm: b*sh", 1),
    ("...\n frame: leak", 2), ("frame: leak\n frame: more", 0), ("module: leaky\n comm: insmod", 1),
  ])
  func `each condition must fit`(condition: String, objects: Int64) throws {
    let rules = try self.rules("# a comment\n{\n  reason: known\n  \(condition)\n}\n")
    let report = LeakTexts.report(Self.text, rules: rules)
    #expect(report.suppressedObjects == objects)
    #expect(report.objects == 2 - objects)
    #expect(report.suppressions.map(\.place) == ["file:2"])
  }

  @Test(
    arguments: [
      ("{\n frame: a\n}", 1, .noReason), ("{\n reason:\n frame: a\n}", 1, .noReason),
      ("{\n reason: r\n}", 1, .hidesEverything),
      ("{\n reason: r\n frame: *\n}", 1, .hidesEverything), ("frame: a", 1, .notInBlock),
      ("{\n reason: r\n frame: a\n", 1, .unclosed), ("{\n fun: a\n}", 2, .unknown(line: "fun: a")),
      ("{\n fun\n}", 2, .unknown(line: "fun")), ("{\n size: many\n}", 2, .noSize),
    ] as [(String, Int, SuppressionFile.Refusal.Reason)])
  func `what can't be meant is refused with its place`(
    text: String, line: Int, reason: SuppressionFile.Refusal.Reason
  ) {
    let error = #expect(throws: SuppressionFile.Refusal.self) { try self.rules(text) }
    #expect(error == SuppressionFile.Refusal(place: "file:\(line)", reason: reason))
  }

  @Test func `a leak without a named culprit can't be suppressed`() throws {
    let rules = try self.rules("{\n reason: all\n comm: *\n}\n")
    let text = LeakTexts.object(
      "0xffff888000000100", frames: ["kmalloc+0x1/0x2", "0xffffffffc0001"])
    let report = LeakTexts.report(text, rules: rules)
    #expect(report.objects == 1 && report.suppressedObjects == 0)
    #expect(report.groups.first?.suppression == nil)
  }

  @Test func `a generated suppression fits its group once it has a reason`() throws {
    let group = try #require(LeakTexts.report(LeakTexts.object("0xffff888000000100")).groups.first)
    let text = try #require(group.suppression)
    #expect(throws: SuppressionFile.Refusal.self) { try self.rules(text) }
    let reasoned = text.split(separator: "\n").map { $0 == "  reason:" ? "  reason: known" : $0 }
    let rules = try self.rules(reasoned.joined(separator: "\n"))
    #expect(LeakTexts.report(Self.text, rules: rules).suppressedObjects == 1)
  }
}
