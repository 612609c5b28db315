import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemParsers

/// Texts of kmemleak reports put together from objects.
enum LeakTexts {
  /// An object of Linux 6.12 with bare frames.
  static func object(
    _ address: String, size: Int = 192, comm: String = "insmod", jiffies: Int = 4_294_900_000,
    age: String = "", frames: [String] = ["kmalloc_trace_noprof+0x1/0x2", "leak+0x1c/0x40 [leaky]"]
  ) -> String {
    """
    unreferenced object \(address) (size \(size)):
      comm "\(comm)", pid 123, jiffies \(jiffies)\(age)
      backtrace (crc 0):
    \(frames.map { "    \($0)\n" }.joined())
    """
  }

  static func report(
    _ text: String, files: [String: String] = [:], modules: ModuleMap = ModuleMap(),
    baseline: LeakBaseline? = nil, rules: [Suppression] = [],
    frameRules: FrameRules = FrameRules(), wanted: UInt64? = nil, isOwnFile: Bool = false
  ) -> LeakReport {
    var reading = LeakReportBuilder(
      modules: modules, baseline: baseline, rules: rules, frameRules: frameRules, wanted: wanted,
      isOwnFile: isOwnFile)
    let bytes = Array(text.utf8)
    reading.read(bytes.span)
    return reading.report(Snapshot(typed: files))
  }

  static func baseline(_ text: String, _ boot: LeakBaseline.Boot) -> LeakBaseline {
    var baseline = LeakBaseline(boot: boot)
    let bytes = Array(text.utf8)
    baseline.read(bytes.span)
    return baseline
  }
}

@Suite struct LeakReportTests {
  @Test func `objects with one stack are one group, whatever allocated their frames' addresses`()
    throws
  {
    let text =
      LeakTexts.object("0xffff888000000100") + LeakTexts.object("0xffff888000000200", size: 64)
      + LeakTexts.object("0xffff888000000300", frames: ["leak+0x20/0x40 [leaky]"])
    let report = LeakTexts.report(text)
    #expect(report.objects == 3 && report.bytes == 448)
    #expect(report.groups.map(\.objects) == [2, 1])
    let group = try #require(report.groups.first)
    #expect(group.bytes == 256 && group.culprit?.printed == "leak+0x1c/0x40 [leaky]")
    #expect(group.fingerprint == "leak [leaky]" && report.groups[1].fingerprint == "leak [leaky]")
  }

  @Test
  func `the kernel's own sample of leaks is to blame, though its name begins like kmemleak's`()
    throws
  {
    let text = LeakTexts.object(
      "0xffff888000000100",
      frames: ["kmemleak_vmalloc+0x1/0x2", "kmemleak_test_init+0x1/0x2 [kmemleak_test]"])
    let group = try #require(LeakTexts.report(text).groups.first)
    #expect(group.culprit?.module == "kmemleak_test")
  }

  @Test func `an allocation in an interrupt is one group, whoever was interrupted`() throws {
    let own = [
      "kmalloc_trace+0x1/0x2", "beat+0x1/0x9 [leaky]", "__run_timers+0x1/0x2",
      "handle_softirqs+0x1/0x2",
    ]
    let text =
      LeakTexts.object("0xffff888000000100", frames: own + ["run_ksoftirqd+0x1/0x2"])
      + LeakTexts.object(
        "0xffff888000000200", frames: own + ["__irq_exit_rcu+0x1/0x2", "x+0x1/0x2"])
      + LeakTexts.object("0xffff888000000300", frames: ["beat+0x1/0x9 [leaky]", "thread+0x1/0x2"])
    let report = LeakTexts.report(text, baseline: LeakTexts.baseline("", .same))
    #expect(report.groups.map(\.objects) == [2, 1])
    let group = try #require(report.groups.first)
    #expect(group.frames.map(\.printed) == own && group.stacks == 2)
    #expect(group.news?.new == 2 && group.bytes == 384 && group.examples.count == 2)
  }

  @Test func `a fingerprint has five frames without allocators, offsets and compilers' suffixes`() {
    let frames = [
      "__kmalloc_node_track_caller_noprof+0x1/0x2", "kstrdup+0x1/0x2", "a.constprop.0+0x9/0x10",
      ".b+0x1/0x2 [m]", "0xffffffffc0001000", "c+0x1/0x2", "d+0x1/0x2", "e+0x1/0x2",
    ]
    let report = LeakTexts.report(LeakTexts.object("0xffff888000000100", frames: frames))
    #expect(report.groups.first?.fingerprint == "a < b [m] < ? < c < d")
  }

  @Test func `an address that nobody can name is never another frame's fault`() {
    let frames = ["kmalloc_trace+0x1/0x2", "0xffffffffc0001234", "do_init_module+0x1/0x2"]
    let text = LeakTexts.object("0xffff888000000100", frames: frames)
    let unknown = LeakTexts.report(text)
    #expect(unknown.groups.first?.culprit?.isUnknown == true)
    #expect(unknown.groups.first?.isNamed == false)
  }

  @Test func `a recorded module list tells where an address lay, unless two modules lay there`()
    throws
  {
    let text = LeakTexts.object(
      "0xffff888000000100", frames: ["kmalloc_trace+0x1/0x2", "0xffffffffc0001234"])
    let one = Array("leaky 16384 0 - Live 0xffffffffc0001000\n".utf8)
    let two = Array("crc16 16384 0 - Live 0xffffffffc0000000\n".utf8)
    let leaky = try Modules(parsing: one.span)
    let both = ModuleMap([leaky, try Modules(parsing: two.span)])
    let known = LeakTexts.report(text, modules: ModuleMap([leaky]))
    #expect(known.groups.first?.culprit?.module == "leaky")
    #expect(known.groups.first?.culprit?.isResolved == true)
    #expect(known.groups.first?.culprit?.origin == .recordedModule(place: "leaky+0x234"))
    #expect(LeakTexts.report(text, modules: both).groups.first?.culprit?.module == nil)
  }

  @Test func `a frame in a module's data accuses nobody`() {
    let frames = ["kmalloc_trace+0x1/0x2", "__this_module+0x18/0xfc0 [crc16]"]
    let report = LeakTexts.report(LeakTexts.object("0xffff888000000100", frames: frames))
    #expect(report.groups.first?.culprit?.module == nil)
    #expect(report.groups.first?.fingerprint == "?")
  }

  @Test func `an age is computed from the configuration and the time`() throws {
    // HZ 250: jiffies begin at 2^32 - 75000; 25000 ticks later 100 s have passed.
    let text = LeakTexts.object("0xffff888000000100", jiffies: 4_294_967_296 - 50000)
    let files = ["proc/config": "CONFIG_HZ=250\n", "proc/uptime": "160.00 1.00\n"]
    let ages = try #require(
      LeakTexts.report(text, files: files).groups.first.flatMap {
        LeakTexts.report(text, files: files).ages(of: $0)
      })
    #expect(ages.oldest == 60 && ages.isComputed)
    let report = LeakTexts.report(text)
    #expect(report.clock == nil && report.groups.first.flatMap(report.ages) == nil)
  }

  @Test func `HZ is inferred only where one value fits`() {
    let start = UInt64(4_294_967_296 - 100 * 300)
    let inferred = LeakClock(config: nil, upTime: 60, jiffies: start...start + 5000)
    #expect(inferred?.hz == 100 && inferred?.origin == .onlyOneThatFits)
    #expect(LeakClock(config: nil, upTime: 90000, jiffies: 4_294_967_296...4_294_967_300) == nil)
    #expect(LeakClock(config: "0", upTime: nil, jiffies: nil) == nil)
  }

  @Test func `a 32-bit counter of ticks wraps five minutes after boot`() {
    let clock = LeakClock(hz: 100, origin: .configuration, upTime: 400)
    #expect(clock.seconds(4_294_967_296 - 30000) == 0)
    #expect(clock.seconds(0) == 300 && clock.age(5000) == 50)
  }

  @Test func `a printed age counts before a computed one`() throws {
    let report = LeakTexts.report(
      LeakTexts.object("0xffff888000000100", age: " (age 7.500s)")
        + LeakTexts.object("0xffff888000000200", age: " (age 1.000s)"))
    let ages = try #require(report.groups.first.flatMap(report.ages))
    #expect(ages.youngest == 1 && ages.oldest == 7.5 && !ages.isComputed)
  }

  @Test func `a report that stands in the text twice counts once`() {
    let text = LeakTexts.object("0xffff888000000100") + LeakTexts.object("0xffff888000000200")
    let report = LeakTexts.report(text + text)
    #expect(report.objects == 2 && report.text.repeated == 2)
  }

  @Test func `sixteen frames may be all that was kept`() {
    let frames = (0..<16).map { "f\($0)+0x1/0x2" }
    let whole = LeakTexts.report(LeakTexts.object("0xffff888000000100", frames: frames))
    #expect(whole.groups.first?.mayBeTruncated == true)
    let short = LeakTexts.object("0xffff888000000100", frames: frames.dropLast())
    #expect(LeakTexts.report(short).groups.first?.mayBeTruncated == false)
  }

  @Test func `an object is found by any address in it`() {
    let text = LeakTexts.object("0xffff888000000100", size: 192)
    #expect(LeakTexts.report(text, wanted: 0xffff_8880_0000_01bf).object?.size == 192)
    #expect(LeakTexts.report(text, wanted: 0xffff_8880_0000_01c0).object == nil)
  }
}
