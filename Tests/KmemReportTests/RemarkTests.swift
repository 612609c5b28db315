import KmemAnalysis
import Testing

@testable import KmemReport

/// What is said beside an answer.
@Suite struct RemarkTests {
  @Test func `of an input that is read all the same`() {
    #expect(
      InputRemark.mappingsCut(pid: 7, reason: nil).sentence
        == "proc/7/smaps is cut: its end is missing")
    #expect(
      InputRemark.mappingsCut(pid: 7, reason: "timed out").sentence
        == "proc/7/smaps is cut: timed out")
    #expect(
      InputRemark.configurationNotUnpacked(error: "bad data").sentence
        == "proc/config.gz can't be unpacked: bad data")
    #expect(
      InputRemark.settingsPassedOver(reason: "/root/x can't be read: denied").sentence
        == "/root/x can't be read: denied; what it says isn't heeded")
  }

  @Test func `of the store`() {
    #expect(
      StoreRemark.empty(directories: ["/a", "/b"]).sentence
        == "No snapshot lies in /a or /b. Take one: kmemcheck snap")
    #expect(StoreRemark.saved(path: "/a/x").sentence == "saved as /a/x")
    #expect(
      StoreRemark.next(name: "@last").sentence
        == "next: kmemcheck show @last, and later: kmemcheck diff @last now")
  }

  @Test func `of sampling that goes on`() {
    #expect(
      WatchRemark.sampleLeftOut(error: "proc/meminfo: busy").sentence
        == "proc/meminfo: busy; this sample is left out, and sampling goes on.")
    #expect(
      WatchRemark.notRecorded(error: "The disk is full.").sentence
        == "The disk is full. Sampling goes on.")
  }

  @Test func `of a check without kmemleak`() {
    #expect(KmemleakAbsence.notWanted.words == "not wanted")
    #expect(KmemleakAbsence.notRoot.words == "only root may command it")
  }
}
