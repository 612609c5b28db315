import KmemAnalysis
import KmemSnapshot
import Testing

@testable import KmemReport

@Suite struct StatusSentenceTests {
  /// What a live kernel of that configuration can tell.
  private func status(
    _ config: String, mounts: String = "debugfs /sys/kernel/debug debugfs rw 0 0\n",
    _ change: (inout KernelFacts) -> Void = { _ in }
  ) -> KernelStatus {
    var capture = Capture(origin: "now", kind: .live)
    let texts = [
      "proc/config": config, "proc/mounts": mounts, "proc/sys/kernel/osrelease": "6.12.41\n",
      "proc/cmdline": "ro quiet\n",
    ]
    for (path, text) in texts {
      capture.sources[path] = SourceReading(outcome: .read, bytes: Array(text.utf8))
    }
    var facts = KernelFacts(capture, Snapshot(capture))
    change(&facts)
    return KernelStatus(facts)
  }

  private let builtIn = "CONFIG_DEBUG_KMEMLEAK=y\nCONFIG_DEBUG_FS=y\n"

  @Test func `the verdict names what still works without kmemleak`() {
    let status = status("# CONFIG_DEBUG_KMEMLEAK is not set\n") {
      $0.slabinfo = FileFact(.read)
      $0.vmallocinfo = FileFact(.read)
    }
    #expect(
      StatusSentence(status).text
        == "This kernel can't run kmemleak: CONFIG_DEBUG_KMEMLEAK is not set."
        + " It can still tell growth by class, cache and vmalloc caller (kmemcheck diff).")
  }

  @Test func `the verdict names what root would learn`() {
    let status = status("# CONFIG_DEBUG_KMEMLEAK is not set\n") {
      $0.userID = 1000
      $0.slabinfo = FileFact(.denied)
      $0.vmallocinfo = FileFact(.denied)
    }
    #expect(
      StatusSentence(status).text.hasSuffix(
        "growth by class (kmemcheck diff), and to root by cache and vmalloc caller."))
  }

  @Test func `a kmemleak that disabled itself is said to have done so`() {
    let status = status(builtIn) {
      $0.kernelLog = KmemleakLog(lines: ["kmemleak: Memory pool empty, consider …"])
    }
    #expect(
      StatusSentence(status).text.hasPrefix(
        "kmemleak is off until the next boot: it disabled itself: its memory pool ran empty."))
  }

  @Test func `a kmemleak that someone switched off is said to be that`() {
    let status = status(builtIn) {
      $0.kernelLog = KmemleakLog(lines: [
        "kmemleak: Kernel memory leak detector initialized",
        "kmemleak: Kernel memory leak detector disabled",
      ])
    }
    #expect(
      StatusSentence(status).text.hasPrefix(
        "kmemleak is off until the next boot: it was switched off at run time."))
  }

  @Test func `an unreachable kmemleak is said to be that, and why`() {
    let status = status(builtIn, mounts: "proc /proc proc rw 0 0\n")
    #expect(
      StatusSentence(status).text.hasPrefix("kmemleak is unreachable: debugfs isn't mounted."))
  }

  @Test func `a kernel of which nothing is known is said to be unknown`() {
    #expect(
      StatusSentence(KernelStatus(KernelFacts(isLive: false))).text
        == "Whether this kernel has kmemleak is unknown: no configuration of this kernel was found."
        + " It can still tell growth by class (kmemcheck diff).")
  }

  @Test func `a configuration of another version is remarked on`() {
    let remark = StatusRemark.configOfOtherVersion(
      origin: "my.config", version: "5.10.0", release: "6.12.41")
    #expect(
      remark.words
        == "my.config says that it's of Linux 5.10.0, and the kernel is 6.12.41; it is taken at its "
        + "place's word")
  }

  @Test func `who would command kmemleak hears why it can't be used, and what to do`() {
    let finding = status("# CONFIG_DEBUG_KMEMLEAK is not set\nCONFIG_HAVE_DEBUG_KMEMLEAK=y\n")
      .kmemleak
    let reason = "/proc/config.gz: CONFIG_DEBUG_KMEMLEAK is not set"
    let words = KmemleakRefusal.unusable(finding).sentence
    #expect(
      words.hasPrefix("kmemleak can't be used (not-built): \(reason). Build the kernel with "))
    #expect(words.hasSuffix("memory for each allocated object."))
    #expect(
      KmemleakAbsence.unusable(finding).words
        == "not-built: \(reason); kmemcheck status tells more")
  }
}
