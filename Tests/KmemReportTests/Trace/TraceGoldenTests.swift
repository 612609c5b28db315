import KmemAnalysis
import KmemParsers
import Testing

@testable import KmemReport
import KmemSnapshot

@Suite("What trace answers")
struct TraceGoldenTests {
  /// A leak of a module, a stack that is freed unseen, files held open, and growth that nobody explains.
  static let kept = """
    kmemcheck trace 1
    release 6.1.0-56-cloud-amd64
    processors 2
    wall 1790000000
    windows 5 10 15 20 25 30 35 40 45 50 55 60
    sampling 1
    kinds cache kmalloc pages percpu
    kept 120345
    lost 2
    seen 4512034
    missed 1208
    delayed-frees 1
    interrupted 0
    cost 420000000
    cache kmalloc-2k 2048 1000 8690 0
    cache kmalloc-1k 1024 100 4196 0
    cache filp 256 1000 3000 0 bfilp
    cache kmalloc-256 256 500 510 0
    class unaccounted 5000000 5400000
    class percpu 1000000 1000000
    sum kmalloc 2048 -
     allocated 640 640 640 640 640 640 640 640 640 640 640 640
     left 640 640 640 640 640 640 640 640 640 640 640 640
     freed 0 0 0 0 0 0 0 0 0 0 0 0
     reused 0 0 0 0 0 0 0 0 0 0 0 0
      kmalloc_trace+0x2a/0xa0
      kmemlab_kmalloc_take+0x1c/0x40 [kmemlab_kmalloc]
      lab_leak_write+0xd1/0x210 [kmemlab_kmalloc]
      full_proxy_write+0x5c/0x90
      vfs_write+0xe7/0x3f0
      ksys_write+0x6f/0xf0
      do_syscall_64+0x55/0xb0
      entry_SYSCALL_64_after_hwframe+0x6e/0xd8
    sum kmalloc 256 -
     allocated 160 160 160 160 160 160 160 160 160 160 160 160
     left 80 80 80 80 80 80 80 80 80 80 80 160
     freed 0 0 0 0 0 0 0 0 0 0 0 0
     reused 80 80 80 80 80 80 80 80 80 80 80 0
      kmalloc_trace+0x2a/0xa0
      __do_sys_timerfd_create+0x57/0x1d0
      do_syscall_64+0x55/0xb0
    sum cache 256 filp
     allocated 200 200 200 200 200 200 200 200 200 200 200 200
     left 170 170 170 170 170 170 170 170 170 170 170 170
     freed 30 30 30 30 30 30 30 30 30 30 30 30
     reused 0 0 0 0 0 0 0 0 0 0 0 0
      kmem_cache_alloc+0x168/0x310
      alloc_empty_file+0x4d/0xf0

    """

  private func report(_ text: String = kept) throws -> TraceReport {
    let bytes = Array(text.utf8)
    return TraceReport(try TraceRecord(parsing: bytes.span))
  }

  @Test("names the function with its amounts", arguments: [80, 120])
  func namesTheFunction(_ width: Int) throws {
    let text = TraceText(
      try report(), style: Style(isColored: false, width: width), isVerbose: false
    ).text
    expectGolden("trace/leak.\(width).txt", text)
  }

  @Test("has the same in JSON and in JUnit's XML")
  func hasTheSameInJSON() throws {
    expectGolden("trace/leak.json", TraceJSON.document(try report()).text)
    expectGolden("trace/leak.xml", TraceJUnit.document(try report()).text)
  }

  @Test("accuses nobody where nothing rises, and says what may be too little")
  func accusesNobody() throws {
    let text = Self.kept.replacing(
      "cache kmalloc-2k 2048 1000 8690 0", with: "cache kmalloc-2k 2048 1000 1010 0")
    expectGolden(
      "trace/nobody.80.txt",
      TraceText(try report(text), style: Style(isColored: false, width: 80), isVerbose: false).text)
  }

  @Test("estimates of a sample are told as such")
  func estimatesAreTold() throws {
    let text = Self.kept.replacing("sampling 1\n", with: "sampling 16\n")
      .replacing("1000 8690", with: "1000 123000")
    expectGolden(
      "trace/sampled.80.txt",
      TraceText(try report(text), style: Style(isColored: false, width: 80), isVerbose: false).text)
  }

  private func next(_ change: (inout TraceRecord) -> Void) throws -> String? {
    let bytes = Array(Self.kept.utf8)
    var record = try TraceRecord(parsing: bytes.span)
    change(&record)
    return TraceVerdict(TraceReport(record)).next
  }

  @Test("a trace that was too short says a command that traces the same for longer")
  func saysACommandThatTracesTheSame() throws {
    func short(_ change: (inout TraceRecord) -> Void) throws -> String? {
      try next { record in
        record.windows = [2]
        record.sums = []
        change(&record)
      }
    }
    #expect(try short { _ in } == "Trace longer: sudo kmemcheck trace --all --for 60s")
    #expect(
      try short { $0.engine = .tracefs }
        == "Trace longer: sudo kmemcheck trace --all --engine tracefs --for 60s")
    #expect(
      try short { $0.command = ["./load.sh", "a b"] }
        == "Trace longer, the command again and again: sudo kmemcheck trace --all --for 60s -- "
        + #"timeout 60 sh -c 'while :; do ./load.sh '\''a b'\''; done'"#)
    #expect(
      try short { $0.command = [] } == "Trace longer: let the command work for 1 min 0 s.")
  }

  @Test("a trace that lost events is to follow fewer than it did")
  func isToFollowFewer() throws {
    let all = try next { ($0.lost, $0.sampling) = ($0.kept, 64) }
    #expect(all == "Trace less: a cache by its name, --pages or --percpu alone, or --sample 256.")
    #expect(try next { ($0.lost, $0.size) = ($0.kept, 2048) } == "Trace less: --sample 16.")
  }

  @Test("a process that holds memory by what it has open is one to be watched")
  func isOneToBeWatched() throws {
    let said = try next { record in
      record.pid = 812
      record.sums = record.sums.filter { $0.cache == "filp" }
    }
    #expect(said?.hasSuffix("what of it grows: sudo kmemcheck watch --pid 812") == true)
  }

  @Test("two shares that round to the same aren't told as one that is more than the other")
  func sharesThatRoundToTheSame() {
    let near = TraceRefusal.tooDear(share: 0.0104, budget: 0.01, isNamed: true).sentence
    #expect(near.contains("a little more than the 1.0 % of the machine's processors"))
    #expect(near.contains("--sample 1024"))
    let far = TraceRefusal.tooDear(share: 0.04, budget: 0.01, isNamed: false).sentence
    #expect(far.contains("4.0 % of the machine's processors, more than the 1.0 %"))
  }

  @Test("a function's line of source stands behind its name, where it's known")
  func aLineOfSourceIsTold() throws {
    let report = try report()
    let frame = try #require(report.openFrames.first { $0.function == "kmemlab_kmalloc_take" })
    var answers = SourceAnswers()
    answers.lines[frame] = [SourceLine(function: frame.function, file: "leaky.c", line: 12)]
    let resolved = report.adding(answers)
    let style = Style(isColored: false, width: 200)
    let text = TraceText(resolved, style: style, isVerbose: false).text
    #expect(text.contains("\(frame.text) at leaky.c:12"))
    #expect(TraceJSON.document(resolved).text.contains("\"source\" : \"leaky.c:12\""))
    #expect(TraceJUnit.document(resolved).text.contains("at leaky.c:12"))
  }

  @Test(
    "each reason why nothing can be traced has a remedy or a fact",
    arguments: [
      TraceRefusal.needsRoot, .noLibrary, .refused(error: "EPERM", .lockdown),
      .refused(error: "EPERM", .capability), .refused(error: "EPERM", .seccomp),
      .refused(error: "ENOSYS", .notBuilt), .noTracefs(error: "EPERM", .lockdown),
      .noTracefs(error: "ENODEV", .notBuilt),
      .noTracefs(error: "EPERM", .capability), .noEvent("kmem/kfree"),
      .otherLayout(event: "kmem/kmalloc", field: "node"), .hiddenAddresses(.fromEverybody),
      .hiddenAddresses(.fromProcess),
      .hiddenAddresses(.noList), .noProcessors, .unreadableFormat("events/header_page"),
      .noSuchCache("kmaloc-64", similar: ["kmalloc-64"]), .noSlabinfo,
      .tooDear(share: 0.04, budget: 0.01, isNamed: false),
    ])
  func eachReasonHasARemedy(_ refusal: TraceRefusal) {
    #expect(refusal.sentence.count > 20)
    #expect(!refusal.sentence.hasSuffix("."))
  }
}
