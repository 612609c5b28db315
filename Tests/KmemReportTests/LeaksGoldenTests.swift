import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

@Suite struct LeaksGoldenTests {
  /// Objects of several eras, one that can't be read, one whose module is gone.
  private static let text = """
    unreferenced object 0xffff888100a3c0c0 (size 192):
      comm "insmod", pid 412, jiffies 4294917296
      hex dump (first 32 bytes):
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace (crc 0):
        kmemleak_alloc+0x26/0x60
        __kmalloc_cache_noprof+0x1d4/0x2b0
        leak_init+0x1c/0x40 [leaky]
        do_one_initcall+0x58/0x300
        do_init_module+0x90/0x260
        __do_sys_init_module+0x17a/0x1b0
        do_syscall_64+0x82/0x190
        entry_SYSCALL_64_after_hwframe+0x76/0x7e
    unreferenced object 0xffff888100a3c180 (size 192):
      comm "insmod", pid 413, jiffies 4294922296
      hex dump (first 32 bytes):
        80 bf 76 02 81 88 ff ff 00 00 00 00 00 00 00 00  ..v.............
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace (crc 1d0b936a):
        kmemleak_alloc+0x26/0x60
        __kmalloc_cache_noprof+0x1d4/0x2b0
        leak_init+0x1c/0x40 [leaky]
        do_one_initcall+0x58/0x300
        do_init_module+0x90/0x260
        __do_sys_init_module+0x17a/0x1b0
        do_syscall_64+0x82/0x190
        entry_SYSCALL_64_after_hwframe+0x76/0x7e
    unreferenced object (percpu) 0x60777301a898 (size 8):
      comm "nvme", pid 84134, jiffies 4294918296
      backtrace (crc 0):
        pcpu_alloc_noprof+0x5e0/0xf10
        0xffffffffc11de07f
        nvmf_create_ctrl+0x2ec/0x620 [nvme_fabrics]
    unreferenced object 0xffff8881zz (size 64):

    """

  private static let suppressions = """
    {
      reason: kept until the next mount
      frame: mount_bdev
    }

    """

  private func report(
    _ text: String, isBare: Bool = false, isOwnFile: Bool = true
  ) throws -> LeakReport {
    let files = [
      "proc/config": "CONFIG_HZ=250\n", "proc/uptime": "300.00 100.00\n",
      "proc/sys/kernel/osrelease": "6.12.1\n", "proc/sys/kernel/hostname": "guest\n",
    ]
    let rules = try isBare ? [] : SuppressionFile(Self.suppressions, name: "suppressions").rules
    var baseline = LeakBaseline(boot: .same)
    let object = Self.text.split(separator: "\n").prefix(14).joined(separator: "\n")
    let first = Array(object.utf8)
    baseline.read(first.span)
    var reading = LeakReportBuilder(
      baseline: isBare ? nil : baseline, rules: rules, wanted: 0xffff_8881_00a3_c190,
      isOwnFile: isOwnFile)
    let bytes = Array(text.utf8)
    reading.read(bytes.span)
    return reading.report(Snapshot(typed: isBare ? [:] : files))
  }

  @Test(arguments: widths) func `text`(width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = LeaksText(try report(Self.text), style: style, isVerbose: false).text
    expectGolden("leaks/mixed.\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: 3 objects"))
  }

  @Test func `text with all frames and suppressions to copy`() throws {
    let style = Style(isColored: false, width: 80)
    let text = LeaksText(
      try report(Self.text), style: style, isVerbose: true, offersSuppressions: true
    ).text
    expectGolden("leaks/mixed.verbose.txt", text)
    expectDecency(text, width: 80)
  }

  /// The report with lines of source, of which one was put into the culprit's function.
  private func reportWithLines() throws -> LeakReport {
    let report = try report(Self.text)
    var answers = SourceAnswers()
    for frame in report.openFrames where frame.module == "leaky" {
      answers.lines[frame] = [
        SourceLine(function: "kzalloc_noprof", file: "include/linux/slab.h", line: 1013),
        SourceLine(function: "leak_room", file: "leaky.c", line: 12),
        SourceLine(function: "leak_init", file: "leaky.c", line: 30),
      ]
    }
    answers.files = [SymbolFile(path: "/debug/leaky.ko", module: "leaky", isSameBuild: false)]
    answers.notes = SourceNotes(release: "6.12.1")
    answers.notes.miss(nil)
    return report.adding(answers)
  }

  @Test func `lines of source stand below the culprit, and with each frame when asked for`() throws
  {
    let style = Style(isColored: false, width: 80)
    let report = try reportWithLines()
    let text = LeaksText(report, style: style, isVerbose: false).text
    expectGolden("leaks/lines.80.txt", text)
    expectDecency(text, width: 80)
    let verbose = LeaksText(report, style: style, isVerbose: true).text
    expectGolden("leaks/lines.verbose.txt", verbose)
    expectDecency(verbose, width: 80)
    expectGolden("leaks/lines.json", LeaksJSON.document(report).text)
    #expect(LeaksJUnit.document(report).text.contains("leaky.c:12"))
  }

  @Test func `JSON`() throws {
    expectGolden("leaks/mixed.json", LeaksJSON.document(try report(Self.text)).text)
  }

  @Test func `JUnit`() throws {
    expectGolden("leaks/mixed.junit.xml", LeaksJUnit.document(try report(Self.text)).text)
  }

  @Test func `one object`() throws {
    let report = try report(Self.text)
    let object = try #require(report.object)
    let text = LeakObjectText(object, clock: report.clock, style: .plain).text
    expectGolden("leaks/object.txt", text)
    expectDecency(text, width: 160)
  }

  @Test func `an empty report says that it proves nothing`() throws {
    let empty = try report("", isBare: true)
    let text = LeaksText(empty, style: .plain, isVerbose: false).text
    #expect(lastParagraph(text).contains("Reading proves nothing by itself"))
    #expect(LeaksJUnit.document(empty).text.contains("failures=\"0\""))
    expectGolden("leaks/empty.json", LeaksJSON.document(empty).text)
  }

  /// A log that announces, has failed, and holds what is left of a record.
  private static let log = """
    [    1.234567] kmemleak: Kernel memory leak detector initialized (mem pool available: 36041)
    [  105.000000] kmemleak:   comm "insmod", pid 412, jiffies 4294917296
    [  105.000000] kmemleak:   backtrace (crc 0):
    [  105.000000] kmemleak:     __kmalloc_cache_noprof+0x1d4/0x2b0
    [  105.000000] kmemleak:     leak_init+0x1c/0x40 [leaky]
    [  105.000001] kmemleak: 17 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
    [  200.000000] kmemleak: Cannot allocate a kmemleak_object structure
    [  200.000001] kmemleak: Kernel memory leak detector disabled
    [  200.000002] kmemleak: Automatic memory scanning thread ended

    """

  @Test(arguments: widths) func `a log that lists nothing never reads as clean`(width: Int) throws {
    let report = try report(Self.log, isBare: true, isOwnFile: false)
    let style = Style(isColored: false, width: width)
    let text = LeaksText(report, style: style, isVerbose: false).text
    expectGolden("leaks/log.\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: not enough data"))
    #expect(!text.contains("no unreferenced object"))
  }

  @Test func `a log that lists nothing, as JSON and JUnit`() throws {
    let report = try report(Self.log, isBare: true, isOwnFile: false)
    expectGolden("leaks/log.json", LeaksJSON.document(report).text)
    #expect(LeaksJUnit.document(report).text.contains("errors=\"1\""))
  }

  /// A parent that points to a child which begins with a text, and a record of one line.
  private static let family = """
    unreferenced object 0xffff888100a3c0c0 (size 192):
      comm "insmod", pid 412, jiffies 4294917296
      hex dump (first 16 bytes):
        80 c1 a3 00 81 88 ff ff 00 00 00 00 00 00 00 00  ................
      backtrace (crc 0):
        __kmalloc_cache_noprof+0x1d4/0x2b0
        parent_init+0x1c/0x40 [leaky]
    unreferenced object 0xffff888100a3c180 (size 16):
      comm "insmod", pid 412, jiffies 4294917296
      hex dump (first 16 bytes):
        6e 6c 73 5f 62 61 73 65 00 00 00 00 00 00 00 00  nls_base........
      backtrace (crc 0):
        kstrdup+0x34/0x60
        child_init+0x1c/0x40 [leaky]
    unreferenced object 0xffff888112c54480 (size 64):

    """

  @Test func `children, texts and records of one line are shown as such`() throws {
    let report = try report(Self.family, isBare: true)
    let text = LeaksText(report, style: .plain, isVerbose: false).text
    expectGolden("leaks/family.txt", text)
    #expect(text.contains("contents: text: \"nls_base\""))
    #expect(text.contains("lost with objects of another group, which point to it: parent_init"))
    #expect(text.contains("the text holds only the first line of the record"))
    #expect(!text.contains("no stack was printed"))
    expectGolden("leaks/family.json", LeaksJSON.document(report).text)
  }

  @Test func `twenty groups are shown, and the others summed up`() throws {
    let objects = (0..<30).map { number in
      "unreferenced object 0xffff8880000\(number + 10)00 (size 64):\n  backtrace:\n"
        + "    leak_\(number)+0x1/0x2\n"
    }
    let report = try report(objects.joined(), isBare: true)
    let text = LeaksText(report, style: .plain, isVerbose: false).text
    #expect(text.contains("\n20. ") && !text.contains("\n21. "))
    #expect(text.contains("+ 10 groups more with 10 objects, 640 B"))
    #expect(LeaksText(report, style: .plain, isVerbose: true).text.contains("\n30. "))
  }

  @Test func `a task's name can't write on the terminal or break the XML`() throws {
    let text = Self.text.split(separator: "\n").map { line in
      line.contains("comm \"nvme\"")
        ? "  comm \"\u{1B}[31m<&\u{7}\", pid 1, jiffies 4294918296" : String(line)
    }
    let report = try report(text.joined(separator: "\n") + "\n")
    #expect(!LeaksText(report, style: .plain, isVerbose: true).text.contains("\u{1B}"))
    let junit = LeaksJUnit.document(report).text
    #expect(junit.contains("&lt;&amp;\\x{7}") && !junit.contains("\u{1B}"))
  }

  // MARK: After scans

  private func facts(
    _ complete: Int, trouble: ScanFacts.Trouble? = nil
  ) -> ScanFacts {
    ScanFacts(
      scans: [(300, 1.2), (306.3, 1.1), (308.5, 1.3)].prefix(complete).map {
        ScanFacts.Scan(start: $0, seconds: $1, outcome: .complete)
      }, minimumAge: 5, readings: max(0, complete - 1), isAliveAtEnd: trouble == nil ? true : nil,
      trouble: trouble, scanner: .runsAgain(isRepair: false))
  }

  private func scanned(_ text: String, _ facts: ScanFacts) throws -> LeakReport {
    var report = try report(text, isBare: true)
    report.scan = facts
    return report.seen(in: facts.readings > 1 ? [report] : [])
  }

  @Test(arguments: widths) func `what scans found, with what it rests on`(width: Int) throws {
    let report = try scanned(Self.text, facts(3))
    let style = Style(isColored: false, width: width)
    let text = LeaksText(report, style: style, isVerbose: false).text
    expectGolden("leaks/scan.\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: leak suspected: 3 objects"))
  }

  @Test func `nothing found says what that is worth`() throws {
    let text = LeaksText(try scanned("", facts(2)), style: .plain, isVerbose: false).text
    expectGolden("leaks/scan.nothing.txt", text)
    #expect(lastParagraph(text).hasPrefix("Verdict: nothing found by 2 complete scans"))
    #expect(lastParagraph(text).contains("evidence, not proof"))
  }

  @Test(arguments: [
    (ScanFacts.Trouble.signal(number: 2), 1, "interrupted by signal 2"),
    (.signal(number: 15), 0, "interrupted by signal 15"),
    (.refused(command: "scan", error: "No space"), 2, "kmemleak refused \"scan\": No space"),
  ]) func `scans that don't count never read as clean`(
    trouble: ScanFacts.Trouble, complete: Int, words: String
  ) throws {
    let report = try scanned("", facts(complete, trouble: trouble))
    let text = LeaksText(report, style: .plain, isVerbose: false).text
    #expect(lastParagraph(text).hasPrefix("Verdict: no result: \(words)"))
    #expect(!text.contains("nothing found"))
  }
}
