import KmemAnalysis
import KmemSnapshot
import Testing

@testable import KmemReport

/// Every sentence with which a command ends where it can't go on.
@Suite struct RefusalTests {
  @Test(
    arguments: [
      (
        .noMemoryFiles(origin: "box", others: 0),
        "box holds none of the kernel's memory files, such as proc/meminfo and proc/slabinfo"
      ),
      (
        .noMemoryFiles(origin: "box", others: 3),
        "box holds none of the kernel's memory files, such as proc/meminfo and proc/slabinfo; "
          + "other files in it: 3"
      ),
      (
        .nothingReadable(
          origin: "box",
          (1...6).map { SourceRemark(path: "f\($0)", line: 0, reason: "cut") }),
        "box holds nothing that could be read: f1: cut; f2: cut; f3: cut; f4: cut; f5: cut"
      ),
      (
        .nothing(of: .cgroups, origin: "box", nil),
        "no control groups in box: their files hold nothing that was understood"
      ),
      (
        .nothing(of: .processes, origin: "box", Missing(.skipped, "left out")),
        "no processes in box: left out"
      ),
      (.severalFiles(path: "d"), "d is no single file: name a kernel configuration"),
      (.noConfiguration(path: "f", nil), "f: it is no kernel configuration"),
      (.noConfiguration(path: "f", Missing(.refused, "no line")), "f: no line"),
    ] as [(InputRefusal, String)])
  func `why an input is none`(refusal: InputRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (.notHeld(pid: 7, origin: "box", others: 0), "box holds nothing of a process 7"),
      (
        .notHeld(pid: 7, origin: "box", others: 2),
        "box holds nothing of a process 7; it has 2 others"
      ),
      (
        .kernelThread(pid: 2, name: "kthreadd"),
        "process 2 (kthreadd) is a thread of the kernel: it has no memory of its own"
      ),
      (
        .zombie(pid: 7, name: "sh"),
        "process 7 (sh) has ended and waits for its parent: it has no memory"
      ),
      (.replaced(pid: 7), "process 7 has ended, and its pid is another one's now"),
      (
        .noMappingsFile(pid: 7, origin: "box"),
        "box holds no proc/7/smaps, which lists mappings: snap takes sums only; on the machine "
          + "itself: kmemcheck maps 7"
      ),
      (.noMapping(pid: 7, origin: "box"), "proc/7/smaps of box lists no mapping"),
    ] as [(ProcessRefusal, String)])
  func `why there are no mappings`(refusal: ProcessRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (
        .noHistory(directories: ["/a", "/b"]),
        "there is no history in /a or /b; record one with: kmemcheck watch --record"
      ),
      (.noBoot(path: "f", wanted: nil, known: []), "f has nothing of any boot"),
      (
        .noBoot(path: "f", wanted: "12", known: ["aa", "bb"]),
        "f has nothing of the boot 12; it has aa, bb"
      ),
    ] as [(HistoryRefusal, String)])
  func `why nothing recorded can be given`(refusal: HistoryRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (.notStarted(command: "x", error: "No such file"), "x can't be started: No such file"),
      (.notRun(nil), "the command wasn't run: kmemleak could not scan before it"),
      (.notLookedAtAfterwards, "memory wasn't looked at after the command"),
    ] as [(CheckRefusal, String)])
  func `why a command wasn't checked`(refusal: CheckRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (
        .standardOutput(error: "No space left"),
        "could not write to standard output (No space left): is the disk full?"
      ),
      (.file(path: "/x", error: "Is a directory"), "/x could not be written: Is a directory"),
    ] as [(OutputRefusal, String)])
  func `why an answer can't be written`(refusal: OutputRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (
        .noVerb("lst", nearest: "list", verbs: ["list", "snap"]),
        "there is no command 'lst'. Did you mean 'list'? Commands: list, snap."
      ),
      (
        .noVerb("frobnicate", nearest: nil, verbs: ["list"]),
        "there is no command 'frobnicate'. Commands: list."
      ),
      (
        .severalTops,
        "one at a time: kmemcheck top, kmemcheck top processes or kmemcheck top cgroups."
      ),
      (
        .foreignOption(.only, owner: "kernel", kind: "cgroups"),
        "--only chooses a table of the kernel's memory and is for kmemcheck top kernel only, not "
          + "for cgroups."
      ),
      (
        .foreignOption(.by, owner: "processes", kind: "kernel"),
        "--by sums processes and is for kmemcheck top processes only, not for kernel."
      ),
      (
        .foreignOption(.budget, owner: "processes", kind: "kernel"),
        "--budget bounds the reading of processes and is for kmemcheck top processes only, not for "
          + "kernel."
      ),
    ] as [(ArgumentRefusal, String)])
  func `what is wrong with a command line`(refusal: ArgumentRefusal, words: String) {
    #expect(refusal.sentence == words)
  }

  @Test(
    arguments: [
      (.needsRoot, "only root may command kmemleak: run it with sudo"),
      (.interrupted, "interrupted before kmemleak took the command"),
      (
        .busy(holder: "77", seconds: 600),
        "another kmemcheck (process 77) has been using kmemleak for 10 min 0 s: wait for it, or end "
          + "it: sudo kill 77"
      ),
      (.noAnswerInLog, "the kernel took the command, but its log holds no answer: see dmesg"),
      (
        .unknownCommand("offf"),
        "\"offf\" is no command of kmemleak; these are: scan=on, scan=off, scan=SECONDS, stack=on, "
          + "stack=off, dump 0xADDRESS, clear, off"
      ),
      (
        .scanIsVerb,
        "\"scan\" is no command of kmemleak; to scan, use kmemcheck scan, which waits as long as "
          + "kmemleak needs"
      ),
      (
        .needsYes(command: "clear", .reported),
        "clear can't be undone before the next boot: the objects reported so far are never reported "
          + "again, and all that they point to counts as referenced from then on, so that leaks "
          + "behind them stay hidden. kmemcheck scan --baseline tells new leaks from old ones "
          + "without it. To do it: kmemcheck kmemleak clear --yes"
      ),
    ] as [(KmemleakRefusal, String)])
  func `why kmemleak wasn't commanded`(refusal: KmemleakRefusal, words: String) {
    #expect(refusal.sentence == words)
  }
}
