import KmemAnalysis
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemReport

/// The sentences around kmemleak's commands, scans that are waited for, and reports that aren't there.
@Suite struct KmemleakWordsTests {
  @Test func `what a command takes away is said with how to do it all the same`() {
    #expect(
      KmemleakRefusal.needsYes(command: "off", .tracking).sentence
        == "off can't be undone before the next boot: kmemleak stops tracking, and no leak is found "
        + "until the machine has been booted again; its memory is freed only by clear. To do it: "
        + "kmemcheck kmemleak off --yes")
    #expect(
      KmemleakRefusal.noObject(address: 0xffff).sentence
        == "kmemleak knows no object at 0xffff: it was freed, or it's of a kind that isn't tracked, "
        + "as pages are")
    #expect(
      KmemleakCommandWords.scannerRuns(everySeconds: 600)
        == "the automatic scanner runs every 600 s")
    #expect(
      KmemleakRefusal.refused(command: "scan", error: "busy").sentence
        == "kmemleak refused \"scan\" (busy): it is disabled until the next boot, or the kernel is "
        + "locked down; kmemcheck status tells which")
  }

  @Test func `what a scan waits for`() {
    #expect(
      ScanProgressWords.waiting(forProcess: nil)
        == "waiting for another kmemcheck (process unknown) to be done with kmemleak")
    #expect(
      ScanProgressWords.scanning(number: 2, seconds: 3)
        == "scan 2: \(Amount.duration(3)) so far (Ctrl-C ends it)")
    #expect(
      ScanProgressWords.aging(left: 4)
        == "waiting \(Amount.duration(4)) more before the next scan (kmemleak wants objects to age)"
    )
  }

  @Test(
    arguments: [
      (
        .notInCapture(origin: "box", path: "sys/kmemleak", .denied, reason: "needs root"),
        "box holds no kmemleak report: sys/kmemleak is denied (needs root)"
      ),
      (
        .notRecognised(name: "a.txt", nil),
        "a.txt is no leak report and no kernel log: no line of it has one of the marks that were "
          + "looked for: \"unreferenced object 0xffff888100a3c0c0 (size 192):\", "
          + "\"comm \"mount\", pid 428, jiffies 42\", \"hex dump (first 32 bytes):\", "
          + "\"backtrace:\", \"kmemleak: \", the kernel log's times as in \"[   12.345678]\", "
          + "\"kernel: \"; of programs: \"==123== \", \"Direct leak of 32 byte(s)\", "
          + "\"<valgrindoutput>\", \"allocations from stack\", \"MEMORY LEAKS\""
      ),
      (
        .notRecognised(name: "a.txt", Slabinfo.file),
        "a.txt is no leak report and no kernel log but /proc/slabinfo: kmemcheck show a.txt reads it"
      ),
      (
        .notRecognised(name: "a.txt", KernelConfig.file),
        "a.txt is no leak report and no kernel log but a kernel configuration: kmemcheck status "
          + "--config a.txt reads it"
      ),
      (.notWhole(.truncated, reason: nil), "the report is truncated"),
      (
        .live(.denied, error: "E"),
        "E: only root may read it, and lockdown forbids it even to root; kmemcheck status tells which"
      ),
      (
        .live(.absent, error: "E"),
        "E: this kernel has no kmemleak, it is disabled, or debugfs isn't mounted; kmemcheck status "
          + "tells which, and the remedy"
      ),
      (.live(.other, error: "E"), "E; kmemcheck status tells why"),
      (.onlyLiveIsBaseline, "only the live report can be a baseline"),
      (.noObject(address: "0x1"), "no object of the report holds the address 0x1"),
      (.noAddress("0xzz"), "0xzz is no address; write it as 0xffff888100a3c0c0"),
    ] as [(LeakInputRefusal, String)])
  func `why there is no report`(problem: LeakInputRefusal, words: String) {
    #expect(problem.sentence == words)
  }
}
