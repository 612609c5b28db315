import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemParsers

/// What a text that lists nothing means.
@Suite struct LeakSilenceTests {
  private func judgement(_ text: String, isOwnFile: Bool = false) -> LeakJudgement {
    LeakTexts.report(text, isOwnFile: isOwnFile).judgement
  }

  private static let started = """
    [    1.234567] kmemleak: Kernel memory leak detector initialized (mem pool available: 36041)
    [    1.234568] kmemleak: Automatic memory scanning thread started

    """

  @Test func `only kmemleak's own file can list nothing`() {
    #expect(judgement("", isOwnFile: true) == .noneListed)
    #expect(judgement("\n\n", isOwnFile: true) == .noneListed)
    #expect(judgement("") == .undecided)
    #expect(LeakTexts.report("").doubts == [.empty])
  }

  @Test func `kmemleak's own file has no lines but those of objects`() {
    let report = LeakTexts.report("no such thing\n", isOwnFile: true)
    #expect(report.doubts == [.foreign(lines: 1)] && report.judgement == .undecided)
    #expect(!report.text.isRecognised)
  }

  @Test func `what is announced and not listed is said`() {
    let report = LeakTexts.report(
      "[ 1051.771867] kmemleak: 17 new suspected memory leaks (see /sys/kernel/debug/kmemleak)\n")
    #expect(report.judgement == .undecided && report.text.announced == 17)
    guard case .announced(let said) = report.doubts.first else {
      Issue.record("\(report.doubts)")
      return
    }
    #expect(said.objects == 17 && said.firstLine == 1)
  }

  @Test(arguments: [
    (
      "Memory pool empty, consider increasing CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE",
      KmemleakMessage.Meaning.poolEmpty
    ),
    (
      "Early log buffer exceeded (1234), please increase DEBUG_KMEMLEAK_EARLY_LOG_SIZE",
      .earlyLogExceeded
    ),
    ("Cannot insert 0xffff880016901000 into the object search tree (overlaps existing)", .overlap),
    ("Cannot allocate a kmemleak_object structure", .outOfMemory),
    ("Kernel memory leak detector disabled", .disabled),
    ("Automatic memory scanning thread ended", .scannerEnded),
  ])
  func `a log that says that kmemleak failed is no all-clear`(
    text: String, meaning: KmemleakMessage.Meaning
  ) {
    let report = LeakTexts.report(Self.started + "[  200.000000] kmemleak: \(text)\n")
    #expect(report.judgement == .undecided)
    guard case .said(let said) = report.doubts.first else {
      Issue.record("\(report.doubts)")
      return
    }
    #expect(said.meaning == meaning && said.firstLine == 3)
  }

  @Test func `a later boot in which kmemleak started takes back an earlier failure`() {
    let failed = "[    0.900000] kmemleak: Kernel memory leak detector disabled\n"
    #expect(LeakTexts.report(failed + Self.started).text.failures.isEmpty)
    #expect(LeakTexts.report(Self.started + failed).text.failures.map(\.meaning) == [.disabled])
  }

  @Test func `a log in which kmemleak ran and found nothing doesn't say that it found nothing`() {
    let report = LeakTexts.report(Self.started)
    #expect(report.judgement == .undecided)
    guard case .saysNoFind = report.doubts.first else {
      Issue.record("\(report.doubts)")
      return
    }
  }

  @Test func `a log without kmemleak says that it may never have run`() {
    let report = LeakTexts.report("[   12.345678] usb 1-1: new high-speed USB device\n")
    #expect(report.doubts == [.silent] && report.judgement == .undecided)
  }

  @Test func `a panic for want of memory is told by the reports on memory`() {
    let panic = "Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled\n"
    let report = LeakTexts.report("[    1.000000] \(panic)")
    #expect(report.doubts == [.silent, .shortages(1)], "\(report.doubts)")
    let other = LeakTexts.report("[    1.000000] Kernel panic - not syncing: Fatal exception\n")
    guard case .complaint = other.doubts.first else {
      Issue.record("\(other.doubts)")
      return
    }
  }

  @Test
  func `a log with a fault of another kind says which, and still that kmemleak may never have run`()
  {
    let report = LeakTexts.report("BUG: KASAN: use-after-free in f+0x1/0x2\nRead of size 8\n")
    #expect(report.judgement == .undecided && report.doubts.count == 2)
    guard case .complaint(let complaint) = report.doubts.first else {
      Issue.record("\(report.doubts)")
      return
    }
    #expect(complaint.kind == .misuse && report.text.isRecognised)
  }

  @Test(arguments: ["127.0.0.1 localhost\n::1 ip6-localhost\n", "11:28:15 up 10 min\n"])
  func `another text is none`(text: String) {
    #expect(!LeakTexts.report(text).text.isRecognised)
  }

  @Test func `headers that can't be read leave it open`() {
    let text = "unreferenced object 0xffffff806ef81480\n"
    #expect(judgement(text, isOwnFile: true) == .undecided)
    #expect(judgement(text + LeakTexts.object("0xffff888000000100")) == .listed)
  }

  @Test func `a record without its first line leaves it open, and its culprit is known`() {
    let rest = LeakTexts.object("0xffff888000000100").split(separator: "\n").dropFirst()
    let report = LeakTexts.report(rest.joined(separator: "\n"))
    #expect(report.judgement == .undecided && report.text.headlessCount == 1)
    #expect(report.text.headless.first?.culprit?.symbol == "leak")
    #expect(report.text.headless.first?.comm == "insmod")
  }

  @Test func `frames alone are a record's only if an allocator is among the first`() {
    let stack = "[<00000000d02bb5ca>] __kmalloc+0x1/0x2\n[<0000000004263a1d>] probe+0x3/0x6\n"
    #expect(LeakTexts.report(stack).text.headlessCount == 1)
    #expect(LeakTexts.report("A leak in CI\n```\n" + stack).text.headlessCount == 1)
    #expect(LeakTexts.report("Page allocated via order 0\n" + stack).text.headlessCount == 0)
    let task = "[<0>] save_stack_trace_tsk+0x1/0x2\n[<0>] proc_pid_stack+0x3/0x6\n"
    #expect(LeakTexts.report(task).text.headlessCount == 0)
    let trace = "[<00000000d02bb5ca>] dump_stack+0x1/0x2\n[<0000000004263a1d>] oops+0x3/0x6\n"
    let report = LeakTexts.report(trace)
    #expect(report.text.headlessCount == 0 && !report.text.isRecognised)
  }

  @Test func `the end of a stack above an object names no culprit`() {
    let frames = "    vfs_write+0x15d/0x4a0\n    ksys_write+0x116/0x210\n"
    let report = LeakTexts.report(frames + LeakTexts.object("0xffff888000000100"))
    #expect(report.objects == 1 && report.text.headlessCount == 1)
    #expect(report.text.headless.first?.culprit == nil)
    #expect(report.text.headless.first?.firstOfTail?.symbol == "vfs_write")
  }

  @Test func `what a baseline holds is nothing new only if all of the text was read`() {
    let text = LeakTexts.object("0xffff888000000100")
    let baseline = LeakTexts.baseline(text, .same)
    #expect(LeakTexts.report(text, baseline: baseline).judgement == .nothingNew)
    let damaged = text + "unreferenced object 0xffff8880zz (size 8):\n"
    #expect(LeakTexts.report(damaged, baseline: baseline).judgement == .undecided)
  }
}

/// Which objects were lost with others.
@Suite struct LeakKinshipTests {
  private func object(_ address: String, pointingTo words: String, by function: String) -> String {
    """
    unreferenced object \(address) (size 64):
      comm "a", pid 1, jiffies 4294900000
      hex dump (first 16 bytes):
        \(words)
      backtrace (crc 0):
        kmalloc_trace_noprof+0x1/0x2
        \(function)+0x1c/0x40 [leaky]

    """
  }

  private static let nothing = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"

  @Test(arguments: [
    "00 02 00 00 80 88 ff ff 00 00 00 00 00 00 00 00",
    "00 00 00 00 00 00 00 00 ff ff 88 80 00 00 02 20",
  ])
  func `an object to which another points is lost with it`(words: String) throws {
    let report = LeakTexts.report(
      object("0xffff888000000100", pointingTo: words, by: "parent")
        + object("0xffff888000000200", pointingTo: Self.nothing, by: "child"),
      wanted: 0xffff_8880_0000_0200)
    let child = try #require(report.groups.first { $0.fingerprint == "child [leaky]" })
    #expect(child.held == 1 && child.rankedHolders.map(\.objects) == [1])
    #expect(
      child.rankedHolders.map(\.holder) == [
        LeakHolder(fingerprint: "parent [leaky]", isSameGroup: false)
      ])
    #expect(report.groups.first { $0.fingerprint == "parent [leaky]" }?.held == 0)
    #expect(report.object?.holders == [0xffff_8880_0000_0100])
  }

  @Test func `32-bit pointers are four bytes long`() {
    let report = LeakTexts.report(
      object("0x80c93c80", pointingTo: "00 3d c9 80 00 00 00 00 00 00 00 00 00 00 00 00", by: "f")
        + object("0x80c93d00", pointingTo: Self.nothing, by: "g"))
    #expect(report.groups.map(\.held).reduce(0, +) == 1)
  }

  @Test func `the objects of a list hold each other`() {
    let report = LeakTexts.report(
      object(
        "0xffff888000000100", pointingTo: "00 02 00 00 80 88 ff ff 00 01 00 00 80 88 ff ff", by: "f"
      )
        + object(
          "0xffff888000000200", pointingTo: "00 01 00 00 80 88 ff ff 00 02 00 00 80 88 ff ff",
          by: "f"))
    #expect(report.groups.map(\.held) == [2])
    #expect(report.groups.first?.rankedHolders.map(\.holder.isSameGroup) == [true])
  }

  @Test func `groups that hold as many objects come in one order`() {
    let own = LeakHolder(fingerprint: "f", isSameGroup: true)
    let other = LeakHolder(fingerprint: "f", isSameGroup: false)
    // A dictionary's order depends on its capacity.
    for capacity in [0, 4, 8, 16, 32, 64, 128, 256] {
      var group = LeakGroup([])
      group.holders = Dictionary(minimumCapacity: capacity)
      group.holders[other] = 2
      group.holders[own] = 2
      #expect(group.rankedHolders.map(\.holder) == [own, other])
    }
  }

  @Test func `an object that points to itself alone is held by nothing`() {
    let report = LeakTexts.report(
      object(
        "0xffff888000000100", pointingTo: "00 01 00 00 80 88 ff ff 00 01 00 00 80 88 ff ff", by: "f"
      ))
    #expect(report.groups.map(\.held) == [0])
  }
}
