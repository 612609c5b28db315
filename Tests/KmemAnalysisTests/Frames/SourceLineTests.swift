import Testing

@testable import KmemAnalysis

@Suite struct LeakSourceLineTests {
  private let code = CodeFrame(function: "leak", offset: 0x1c, length: 0x40, module: "leaky")

  private func report() -> LeakReport {
    LeakTexts.report(
      LeakTexts.object("0xffff888000000100") + LeakTexts.object("0xffff888000000200"),
      wanted: 0xffff_8880_0000_0100)
  }

  @Test func `each frame is asked for once, in groups and in the object shown`() {
    let allocator = CodeFrame(
      function: "kmalloc_trace_noprof", offset: 1, length: 2, module: nil)
    #expect(report().openFrames == [code, allocator])
    let decoded = LeakTexts.report(
      LeakTexts.object("0xffff888000000100", frames: ["leak+0x1c/0x40 fs/leak.c:12", "0xffff01"]))
    #expect(decoded.openFrames.isEmpty)
  }

  @Test func `the line to look at is the innermost one that isn't an allocator's`() throws {
    var answers = SourceAnswers()
    answers.lines[code] = [
      SourceLine(function: "kzalloc_noprof", file: "include/linux/slab.h", line: 9),
      SourceLine(function: "room", file: "leaky.c", line: 12),
      SourceLine(function: "leak", file: "leaky.c", line: 30),
    ]
    answers.notes.miss("leaky")
    let found = report().adding(answers)
    let culprit = try #require(found.groups.first?.culprit)
    #expect(culprit.line?.text == "leaky.c:12")
    #expect(culprit.lines.count == 3 && found.sourceNotes.missingModules == ["leaky"])
    #expect(found.object?.frames.last?.line?.function == "room")
    // Lines are additions: who is to blame doesn't depend on files being at hand.
    #expect(found.groups.first?.fingerprint == report().groups.first?.fingerprint)
  }
}
