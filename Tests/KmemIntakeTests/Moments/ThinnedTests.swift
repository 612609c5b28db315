import KmemIntake
import Testing

/// Texts of which only so many moments are kept, for a series.
@Suite struct ThinnedTests {
  @Test func `of a long text moments are kept that lie evenly, the first and the last too`() {
    let text = (0..<200).map { "\(1_700_000_000 + $0 * 600)\n\(Short.meminfo)\n" }.joined()
    var intake = Intake(budget: 4000, isThinned: true)
    let bytes = Array(text.utf8)
    intake.read(bytes.span)
    intake.finish()
    #expect(intake.count == 200 && intake.keptBytes <= 4400)
    let kept = (1...200).filter { intake[$0] != nil }
    #expect(kept.first == 1 && kept.last == 200 && kept.count > 8)
    let steps = zip(kept, kept.dropFirst()).map { $1 - $0 }.dropLast()
    #expect(Set(steps).count == 1, "\(kept)")
  }

  @Test func `of a short text all moments are kept`() {
    let text = (0..<20).map { "\(1_700_000_000 + $0 * 600)\n\(Short.meminfo)\n" }.joined()
    var intake = Intake(isThinned: true)
    let bytes = Array(text.utf8)
    intake.read(bytes.span)
    intake.finish()
    #expect((1...20).allSatisfy { intake[$0] != nil })
  }

  @Test func `times of a log are put on one clock, as far as it has one`() {
    let syslog = MomentTimes(["Dec 31 23:59:50", "Jan  1 00:00:10"]).times
    #expect(syslog.map(\.wall) == [nil, nil])
    #expect((syslog[1].clock ?? 0) - (syslog[0].clock ?? 0) == 20)
    let dated = MomentTimes(["Mon Mar  2 10:00:00 2026", "Mon Mar  2 11:00:00 2026"]).times
    #expect((dated[1].wall ?? 0) - (dated[0].wall ?? 0) == 3600)
    #expect(MomentTimes(["Dec 31 23:59:50", nil]).times.allSatisfy { $0.clock == nil })
  }
}
