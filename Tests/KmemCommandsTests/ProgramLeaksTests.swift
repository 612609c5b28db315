import Foundation
import KmemTestSupport
import Testing

/// `kmemcheck leaks` with reports of programs: sums, frames and statuses are those of the tools.
@Suite struct ProgramLeaksTests {
  private static let folder = "\(Fixture.folder)/programs"

  private struct Report: Decodable {
    struct Group: Decodable {
      struct Frame: Decodable { let name: String; let line: Int? }
      let kind: String
      let bytes: Int64
      let blocks: Int64
      let culprit: Frame?
      let mixed: Bool
      let listed: Bool
    }
    struct Total: Decodable, Equatable { let kind: String; let bytes: Int64; let blocks: Int64 }
    let groups: [Group]
    let totals: [Total]
  }

  private func run(_ name: String, _ options: String...) throws -> Program.Result {
    try Program().run(
      arguments: ["leaks", "\(Self.folder)/\(name)"] + options, user: .whoeverTests)
  }

  private func report(_ name: String) throws -> Report {
    let result = try run(name, "--json")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  private static let valgrind = [
    Report.Total(kind: "definitely lost", bytes: 10_124, blocks: 12),
    Report.Total(kind: "indirectly lost", bytes: 11_088, blocks: 99),
    Report.Total(kind: "possibly lost", bytes: 12_288, blocks: 1),
    Report.Total(kind: "still reachable", bytes: 5_000, blocks: 1),
  ]

  @Test(arguments: [
    "valgrind-full.txt", "valgrind-verbose.txt", "valgrind-time-stamps.txt", "valgrind-summary.txt",
    "valgrind.xml",
  ]) func `sums are those of Valgrind in each form of its report`(name: String) throws {
    #expect(try report(name).totals == Self.valgrind)
    #expect(try run(name).status == 1)
  }

  @Test(
    arguments: [
      ("asan-gcc.txt", 21_212, 111), ("asan-two-processes.txt", 5_607, 25),
      ("asan-addresses.txt", 5_607, 25), ("asan-mixed.txt", 26_819, 136),
      ("valgrind-two-processes.txt", 5_607, 25),
    ] as [(String, Int64, Int64)])
  func `all kinds come to the tool's own sum`(name: String, bytes: Int64, blocks: Int64) throws {
    let totals = try report(name).totals
    #expect(totals.reduce(0) { $0 + $1.bytes } == bytes)
    #expect(totals.reduce(0) { $0 + $1.blocks } == blocks)
  }

  @Test(arguments: ["valgrind-full.txt", "valgrind.xml", "asan-gcc.txt", "heaptrack.txt"])
  func `the function that lost the memory is named with its line`(name: String) throws {
    let culprits = try report(name).groups.compactMap(\.culprit)
    for (function, line) in [("lose", 6), ("list", 5), ("dup", 7)] {
      #expect(culprits.contains { $0.name == function && $0.line == line }, "\(function)")
    }
    #expect(!culprits.contains { $0.name.contains("malloc") || $0.name.contains("strdup") })
  }

  @Test func `lines of two processes that are mixed have no stack by guess`() throws {
    let mixed = try report("asan-mixed.txt").groups.filter(\.mixed)
    #expect(!mixed.isEmpty)
    #expect(mixed.allSatisfy { $0.culprit == nil })
  }

  @Test(
    arguments: [
      ("valgrind-clean.txt", 0, "no leak"),
      ("valgrind-unchecked.txt", 2, "38 500 bytes in 113 blocks in use"),
      ("helgrind.txt", 2, "it is of Helgrind, which reports no leaks"),
    ] as [(String, Int32, String)])
  func `a text without leaks is clean only if the tool says so`(
    name: String, status: Int32, words: String
  ) throws {
    let result = try run(name)
    #expect(result.status == status)
    let plain = result.output.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
    #expect(plain.contains(words), "\(result.output)")
  }

  @Test(
    arguments: [
      (
        "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x6 at pc 0x4\n", 2,
        "heap-use-after-free"
      ),
      ("==1==ERROR: LeakSanitizer: detected memory leaks\n", 2, "ends before its leak records"),
      (
        "==1== Memcheck, a memory error detector\n==1== Command: ./a\n", 2,
        "ends before its leak records"
      ),
      (
        "==1== LEAK SUMMARY:\n==1==      possibly lost: 0 bytes in 0 blocks\n"
          + "==1==    still reachable: 9 bytes in 1 blocks\n", 0, "still reachable"
      ),
      (
        "==1== LEAK SUMMARY:\n==1==    still reachable: 9 bytes in 1 blocks\n", 2,
        "before it says whether memory is lost"
      ),
      ("SUMMARY: AddressSanitizer: 9 byte(s) leaked in 1 allocation(s).\n", 1, "no record"),
    ] as [(String, Int32, String)])
  func `silence and cut reports decide nothing`(text: String, status: Int32, words: String) throws {
    let result = try Program().run(
      "leaks", "-", input: Array(text.utf8), user: .whoeverTests)
    #expect(result.status == status)
    #expect(result.output.contains(words), "\(result.output)")
  }

  @Test func `against a baseline only new stacks are findings`() throws {
    let same = try run("asan-gcc.txt", "--baseline", "\(Self.folder)/asan-gcc.txt")
    #expect(same.status == 0 && same.output.contains("0 new, 111 still there, 0 gone"))
    let other = try run("asan-gcc.txt", "--baseline", "\(Self.folder)/asan-two-processes.txt")
    #expect(other.status == 1 && other.output.contains("111 new, 0 still there, 25 gone"))
    let none = try run(
      "asan-gcc.txt", "--baseline", "\(Fixture.folder)/../Tests/Fuzz/seeds/Kmemleak/4.14")
    #expect(none.status == 65 && none.errors.contains("holds no leak report of a program"))
  }

  @Test func `suppressions are in the tool's own syntax`() throws {
    let valgrind = try run("valgrind-two-processes.txt", "--gen-suppressions").output
    #expect(valgrind.contains("   Memcheck:Leak\n   match-leak-kinds: definite\n   fun:malloc\n"))
    #expect(valgrind.contains("   fun:_Z*3app*4Pool*3get*\n   fun:main\n"))
    let sanitizer = try run("asan-two-processes.txt", "--gen-suppressions").output
    #expect(sanitizer.contains("\nleak:app::Pool::get\n"))
  }

  @Test func `a wrapper that the user names is passed over`() throws {
    let result = try run("valgrind-two-processes.txt", "--skip-frame", "app::Pool::get")
    #expect(!result.output.contains("definitely lost: app::Pool::get"))
  }

  @Test func `each group that leaks is a failed test of JUnit`() throws {
    let home = try TemporaryFolder()
    _ = try run("valgrind-full.txt", "--junit", "\(home.path)/junit.xml")
    let text = try String(contentsOfFile: "\(home.path)/junit.xml", encoding: .utf8)
    #expect(text.contains("classname=\"Valgrind\" name=\"lose &lt; main (definitely lost)\""))
  }

  private static let record = """
    16 bytes in 1 blocks are definitely lost in loss record 1 of 1
       at 0x48417B4: malloc (vg_replace_malloc.c:381)
       by 0x109197: lose (leak.c:6)
       by 0x109264: main (leak.c:10)

    LEAK SUMMARY:
       definitely lost: 16 bytes in 1 blocks
       indirectly lost: 0 bytes in 0 blocks
         possibly lost: 0 bytes in 0 blocks
       still reachable: 0 bytes in 0 blocks
            suppressed: 0 bytes in 0 blocks

    """

  private func pasted(_ text: String, _ options: String...) throws -> Program.Result {
    try Program().run(
      arguments: ["leaks", "-"] + options, input: Array(text.utf8), user: .whoeverTests)
  }

  /// The record behind marks of a process.
  private func marked(_ process: Int) -> String {
    Self.record.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "==\(process)== \($0)\n" }.joined()
  }

  @Test func `logs without numbers of processes are told apart where each comes to its own sum`()
    throws
  {
    let two = try pasted(Self.record + Self.record)
    #expect(two.output.contains("Valgrind, 2 processes"), "\(two.output)")
    #expect(two.lastLine == "Verdict: 1 group leaks: 32 bytes in 2 blocks definitely lost")
    // Where the records of both stand before both sums, nobody can tell whose is which.
    let parts = Self.record.components(separatedBy: "LEAK SUMMARY:")
    let sums = "LEAK SUMMARY:" + parts[1]
    let mixed = try pasted(parts[0] + parts[0] + sums + sums)
    #expect(mixed.output.contains("Valgrind, one process"), "\(mixed.output)")
    #expect(mixed.lastLine == two.lastLine)
  }

  @Test(
    arguments: [
      { (line: String) in
        #"{"Time":"2026-01-02T03:04:05Z","Action":"output","Output":"\#(line)\n"}"#
      },
      { (line: String) in #"        "\#(line)","# }, { (line: String) in "17: \(line)" },
      { (line: String) in "web_1  | \(line)" }, { (line: String) in "build/test.log-\(line)" },
      { (line: String) in "t/TEST0 memcheck0.log \(line)" },
    ] as [@Sendable (String) -> String])
  func `what CI keeps a report in is taken off`(form: @Sendable (String) -> String) throws {
    let text = marked(7).split(separator: "\n").map { form(String($0)) + "\n" }.joined()
    let found = try pasted(text)
    #expect(found.status == 1)
    #expect(found.output.contains("definitely lost: lose\n   at leak.c:6 · process 7"), "\(text)")
  }

  @Test(
    arguments: [
      { $0.replacingOccurrences(of: "\n", with: "&#10;") },
      { $0.replacingOccurrences(of: "\n", with: "&#xA;") },
      { $0.replacingOccurrences(of: "\n", with: "&#13;&#10;") },
      { $0.replacingOccurrences(of: "\n", with: "&#xD;\n") },
      { "##teamcity[testFailed details='" + $0.replacingOccurrences(of: "\n", with: "|n") + "'|]" },
      { "E  AssertionError: b'" + $0.replacingOccurrences(of: "\n", with: #"\n"#) + "'" },
      { #"{"details": ""# + $0.replacingOccurrences(of: "\n", with: #"\n"#) + #""}"# },
      { "['" + $0.replacingOccurrences(of: "\n", with: "', '") + "']" },
    ] as [@Sendable (String) -> String])
  func `lines that a string keeps in one are put back on their own`(
    form: @Sendable (String) -> String
  ) throws {
    let text = form(marked(7)) + "\n"
    let found = try pasted(text)
    #expect(found.status == 1)
    #expect(found.output.contains("definitely lost: lose\n   at leak.c:6 · process 7"), "\(text)")
  }

  @Test(
    arguments: [
      {
        $0.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      },
      {
        $0.split(separator: "\n").map { "<14>1 2026-01-02T03:04:05Z host app - - - \($0)\n" }
          .joined()
      },
      { $0.split(separator: "\n").map { "\u{1B}[31m\($0)\u{1B}[0m\n" }.joined() },
      { $0.split(separator: "\n").map { "\u{1B}_bk;t=1700000000000\u{7}\($0)\n" }.joined() },
    ] as [@Sendable (String) -> String])
  func `XML of Valgrind is found within other XML, and behind marks of logs`(
    form: @Sendable (String) -> String
  ) throws {
    let xml = try String(contentsOfFile: "\(Self.folder)/valgrind.xml", encoding: .utf8)
    let found = try pasted("<system-out>\n" + form(xml) + "</system-out>\n", "--json")
    let report = try JSONDecoder().decode(Report.self, from: Data(found.output.utf8))
    #expect(report.totals == Self.valgrind)
    #expect(report.groups.contains { $0.culprit?.line != nil })
  }

  @Test func `of entities in Valgrind's own XML nothing is remarked`() throws {
    let xml = try String(contentsOfFile: "\(Self.folder)/valgrind.xml", encoding: .utf8)
    let names = xml.replacing("<fn>main</fn>", with: "<fn>std::pair&lt;a, b&gt;&amp; main()</fn>")
    try #require(names != xml)
    let found = try pasted(names)
    #expect(found.status == 1 && !found.errors.contains("HTML"))
  }

  @Test
  func `a report that is cut behind what is still reachable, or in its sums, is no all-clear`()
    throws
  {
    let reachable = """
      ==7== 50 bytes in 1 blocks are still reachable in loss record 1 of 2
      ==7==    at 0x1: malloc (vg_replace_malloc.c:381)
      ==7==    by 0x2: keep (keep.c:6)

      """
    let cut = try pasted(reachable)
    #expect(cut.status == 2 && cut.lastLine.contains("ends before it says whether memory is lost"))
    let last = reachable.replacingOccurrences(of: "1 of 2", with: "2 of 2")
    #expect(try pasted(last).status == 0, "that is the last one")
    let sums = ["definitely", "indirectly", "possibly"].map {
      "==7==    \($0) lost: 0 bytes in 0 blocks\n"
    }
    for count in 0...3 {
      let text = "==7== LEAK SUMMARY:\n" + sums.prefix(count).joined()
      #expect(try pasted(text).status == (count == 3 ? 0 : 2), "\(count) sums")
    }
  }

  @Test func `the first line of a record may be wrapped`() throws {
    let text = Self.record.replacingOccurrences(
      of: "lost in loss record", with: "lost in loss\nrecord")
    let earlier = Self.record.replacingOccurrences(
      of: "are definitely lost", with: "are\ndefinitely lost")
    #expect(try pasted(earlier).output.contains("definitely lost: lose\n"))
    #expect(try pasted(text).output.contains("definitely lost: lose\n"))
  }

  @Test func `that Valgrind failed, or saw no allocation, is said`() throws {
    let failed = try pasted("valgrind:  Fatal error at startup: a function redirection\n")
    #expect(failed.status == 2 && failed.lastLine.contains("Fatal error at startup"))
    let blind = try pasted(
      "==7== HEAP SUMMARY:\n==7==   total heap usage: 0 allocs, 0 frees, 0 bytes allocated\n"
        + "==7== All heap blocks were freed -- no leaks are possible\n")
    #expect(blind.status == 0 && blind.output.contains("Valgrind saw no allocation of process 7"))
    let traced = try pasted(
      "==8==WARNING: ptrace appears to be blocked (is seccomp enabled?). LeakSanitizer may hang.\n")
    #expect(traced.status == 2 && !traced.lastLine.contains(".."))
  }
}
