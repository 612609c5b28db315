import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// How it reads that something isn't known, and why.
struct MissingWordsTests {
  private static let absent = Missing(.absent)
  private static let denied = Missing(.denied, "needs root")

  @Test func `a source that is missing says what became of it, and why`() {
    #expect(Self.absent.words == "absent")
    #expect(Self.denied.words == "denied (needs root)")
    #expect(Missing(.timedOut).words == "timed out")
    let words = Missing.Cause.allCases.map(\.word)
    #expect(Set(words).count == words.count)
  }

  @Test(arguments: [
    (MissingList.source(denied), "denied (needs root)"),
    (.before(absent), "absent before, read after"), (.after(absent), "read before, absent after"),
    (.both(before: absent, after: denied), "absent before, denied (needs root) after"),
    (.twoBoots, "the snapshots are of two boots"),
  ]) func `a list that is missing says at which moment`(list: MissingList, words: String) {
    #expect(list.words == words)
  }

  @Test func `who was denied the caches is told that root may read them`() {
    func text(_ reading: SourceReading) -> String {
      var before = Capture(origin: "typed", kind: .directory)
      before.sources["proc/slabinfo"] = reading
      let growth = DiffReport(from: Snapshot(before), to: Snapshot(before))
      return DiffText(growth, style: .plain, isVerbose: false).text
    }
    #expect(
      text(SourceReading(outcome: .denied)).contains(
        "unknown: slabinfo is denied (it needs root)\n"))
    // The words of a cause that isn't a refusal may speak of one.
    #expect(
      text(SourceReading(outcome: .failed, reason: "denied by a filter")).contains(
        "unknown: slabinfo is failed (denied by a filter)\n"))
  }
}
