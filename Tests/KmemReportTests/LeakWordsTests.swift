@testable import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// The sentences on frames, on what grew, on suppressions and on files with debugging information.
@Suite struct LeakWordsTests {
  /// A report of one object that was allocated 20 s after boot, with the lists of modules known.
  private func frame(_ printed: String, _ lists: (Double, String)...) -> LeakFrame? {
    let last = lists.last?.0 ?? 0
    var map = ModuleMap(Self.list(last, lists.last?.1 ?? ""))
    for (time, text) in lists.dropLast() { map.add(Self.list(time, text)) }
    var text = LeakReportBuilder(modules: map.printed(at: last))
    let bytes = Array(
      """
      unreferenced object 0xffff888000000100 (size 192):
        comm "insmod", pid 1, jiffies \(4_294_967_296 - 75000 + 20 * 250)
        backtrace (crc 0):
          \(printed)

      """.utf8)
    text.read(bytes.span)
    return text.report(Snapshot(typed: [:])).groups.first?.culprit
  }

  private static func list(_ seconds: Double, _ modules: String) -> Snapshot {
    Snapshot(typed: [
      "proc/uptime": "\(seconds) 1.00\n", "proc/config": "CONFIG_HZ=250\n",
      "proc/modules": modules,
    ])
  }

  private static let gone = "gone 16384 0 - Live 0xffffffffc0001000\n"
  private static let other = "other 16384 0 - Live 0xffffffffc0001000\n"

  @Test func `a frame says what a recorded list of modules knows of it`() {
    let address = "0xffffffffc0001234"
    let known = frame(address, (10, Self.gone), (40, Self.gone))
    #expect(known?.text == "\(address) (gone+0x234 by the recorded module list)")
    #expect(known?.culprit == known?.text)
    let perhaps = frame(address, (10, Self.gone), (50, ""))
    #expect(perhaps?.text == "\(address) (perhaps gone+0x234, by the recorded module list)")
    #expect(
      perhaps?.culprit
        == "unknown code at \(perhaps?.text ?? ""): its module is gone, or has no symbols")
  }

  @Test func `a frame that isn't believed says why, and accuses nobody`() {
    let named = "other_take+0x26/0x5a [other]"
    let later = frame(named, (10, Self.gone), (30, Self.gone), (100, Self.other))
    let reason = "(\(named) may be another's: its module was loaded there since)"
    #expect(later?.text == "? \(reason)" && later?.culprit == "unknown code \(reason)")
    let data = frame("__this_module+0x18/0xfc0 [other]", (100, Self.other))
    let why =
      "(__this_module+0x18/0xfc0 [other] is data: another module was loaded there since)"
    #expect(data?.text == "? \(why)" && data?.culprit == "unknown code \(why)")
  }

  @Test(
    arguments: [
      (.notInBlock, "a suppression begins with a line \"{\", or is LeakSanitizer's: \"leak:NAME\""),
      (.unclosed, "this suppression has no closing \"}\""),
      (
        .unknown(line: "fun: a"),
        "\"fun: a\" is none of reason:, frame:, module:, size:, comm:, \"...\""
      ),
      (.noSize, "a size is a number of bytes, or two as in 64..128"),
      (.noReason, "this suppression gives no reason; write one behind \"reason:\""),
      (.hidesEverything, "this suppression would hide every leak; name a frame or a module"),
    ] as [(SuppressionFile.Refusal.Reason, String)])
  func `why suppressions are refused`(reason: SuppressionFile.Refusal.Reason, words: String) {
    #expect(SuppressionFile.Refusal(place: "f:2", reason: reason).sentence == "f:2: \(words)")
  }

  @Test(
    arguments: [
      (
        .otherBuild(file: "41c9699070d7ab", running: "00c9699070d7ab"),
        "its build id is 41c9699070d7…, that of the running code 00c9699070d7…"
      ),
      (
        .otherSource(file: "AAAA", running: "FFFF"),
        "its srcversion is AAAA, that of the running module FFFF"
      ),
      (
        .lacksFunction("vfs_read"),
        "it has no function vfs_read, and therefore is of another build"
      ),
      (
        .otherSize(function: "helper", reported: 384, file: [32, 48]),
        "helper has 384 bytes in the report and 32 or 48 in the file, which therefore is of another "
          + "build"
      ),
      (
        .tooFewFunctions,
        "no build id was recorded, and the report names too few functions to tell whether it is of "
          + "the same build"
      ),
    ] as [(FileRefusal, String)])
  func `why a file isn't used for lines of source`(reason: FileRefusal, words: String) {
    var notes = SourceNotes()
    notes.refusals = [SourceNotes.Refusal(path: "/debug/a.ko", reason: reason)]
    #expect(notes.sentences == ["/debug/a.ko was not used for lines of source: \(words)"])
  }

  @Test func `what is missing is said once, with where it would be`() {
    var notes = SourceNotes(release: "6.1.0-18-amd64")
    notes.miss(nil)
    notes.miss("leaky")
    notes.ambiguous = ["twin"]
    #expect(
      notes.sentences == [
        "no lines of source for the kernel and module leaky, whose debugging information isn't at "
          + "hand: package linux-image-6.1.0-18-amd64-dbg has it; other places: --vmlinux FILE, "
          + "--debug-dir DIR",
        "no line of source where several functions have one name and size: twin",
      ])
    for number in 0..<6 { notes.miss("m\(number)") }
    #expect(notes.sentences[0].contains("modules leaky, m0, m1, m2, m3 and 2 more, whose"))
    notes.refusals = Array(
      repeating: SourceNotes.Refusal(path: "a", reason: .tooFewFunctions), count: 7)
    #expect(notes.sentences[5] == "2 files more were not used")
  }

  @Test func `packages are named as the release shows whose they are`() {
    #expect(DebugPackage.remedy(for: "5.14.0-427.el9.x86_64").contains("debuginfo-install"))
    #expect(DebugPackage.remedy(for: "6.8.0-31-generic").contains("dbgsym"))
    #expect(
      DebugPackage.remedy(for: "6.4.0-150600.21-default").contains("kernel-default-debuginfo"))
    #expect(DebugPackage.remedy(for: "6.12.117").contains("where the kernel was built"))
    #expect(DebugPackage.remedy(for: nil).contains("--vmlinux"))
  }
}
