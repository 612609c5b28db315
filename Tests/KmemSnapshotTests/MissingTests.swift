import KmemParsers
import KmemTestSupport
import Testing

@testable import KmemSnapshot

/// Missing is never zero: every value that isn't there has its reason.
@Suite struct MissingTests {
  private func slabinfo(_ reading: SourceReading) -> Missing? {
    let capture = Capture(origin: "typed", kind: .live, sources: ["proc/slabinfo": reading])
    return Snapshot(capture).slabinfo.missing
  }

  @Test(arguments: [
    (Outcome.denied, Missing.Cause.denied), (.absent, .absent), (.timedOut, .timedOut),
    (.failed, .failed), (.skipped, .skipped),
  ]) func `what became of a source is the reason`(outcome: Outcome, cause: Missing.Cause) {
    let missing = slabinfo(SourceReading(outcome: outcome, reason: "Permission denied"))
    #expect(missing == Missing(cause, "Permission denied"))
  }

  @Test func `a source that the capture says nothing of is absent`() {
    #expect(Snapshot(typed: [:]).meminfo.missing == Missing(.absent))
    #expect(Snapshot(typed: [:]).isEmpty)
  }

  @Test func `an empty file is empty and no file of nothing`() {
    #expect(slabinfo(SourceReading(outcome: .read))?.cause == .empty)
  }

  @Test func `an empty list of modules is a list`() throws {
    let modules = Snapshot(typed: ["proc/modules": ""]).modules
    #expect(try #require(modules.value).modules.isEmpty)
  }

  @Test func `error text in the place of a file is refused with its line`() {
    let text = "cat: /proc/slabinfo: Permission denied\n"
    let snapshot = Snapshot(typed: ["proc/slabinfo": text])
    #expect(snapshot.slabinfo.missing?.cause == .refused)
    let remark = snapshot.remarks.first { $0.path == "proc/slabinfo" }
    #expect(remark != nil)
    #expect(remark?.reason.isEmpty == false)
  }

  @Test func `the beginning of a file is read, and it is said`() {
    let reading = SourceReading(
      outcome: .truncated, reason: "cut at 64 bytes", bytes: Array("MemTotal: 1000 kB\n".utf8))
    let snapshot = Snapshot(
      Capture(origin: "typed", kind: .directory, sources: ["proc/meminfo": reading]))
    #expect(snapshot.meminfo.value?[.memTotal]?.bytes == 1_024_000)
    #expect(
      snapshot.remarks == [SourceRemark(path: "proc/meminfo", line: 0, reason: "cut at 64 bytes")])
    #expect(snapshot.coverage.read == 0)
    #expect(snapshot.coverage.count(.truncated) == 1)
  }

  @Test func `a line that is no line is remarked on and the rest is read`() throws {
    let snapshot = Snapshot(typed: [
      "proc/meminfo": "MemTotal: 1000 kB\nnonsense without a number\nMemFree: 10 kB\n"
    ])
    #expect(snapshot.meminfo.value?[.memFree]?.bytes == 10240)
    let remark = try #require(snapshot.remarks.first)
    #expect(remark.path == "proc/meminfo" && remark.line == 2)
    #expect(snapshot.remarks.count == 1)
  }

  @Test func `what was tried and not read is counted by what became of it`() throws {
    var capture = Capture(typed: ["proc/meminfo": "MemTotal: 1000 kB\n"])
    capture.sources["proc/slabinfo"] = SourceReading(outcome: .denied, reason: "needs root")
    capture.sources["proc/allocinfo"] = SourceReading(outcome: .absent)
    let coverage = Snapshot(capture).coverage
    #expect(coverage.read == 1)
    #expect(coverage.count(.denied) == 1)
    #expect(coverage.notRead.map(\.path) == ["proc/slabinfo"])
  }
}
