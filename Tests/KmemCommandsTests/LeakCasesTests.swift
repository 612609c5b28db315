import Foundation
import KmemTestSupport
import Testing

/// Leak reports of programs as public trackers hold them, each with the truth that its reader found by
/// hand, in the directory that the environment variable `KMEMCHECK_CASES` names.
@Suite(
  .enabled(if: LeakCases.folder != nil, "KMEMCHECK_CASES names a directory with user/u01…"))
struct LeakCasesTests {
  /// What is true of one report.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int32
    /// Parts of the answer that must be in it.
    let parts: [String]
    var testDescription: String { name }
  }

  private static let cases = [
    Case(
      name: "u01-lsan-direct.txt", status: 1,
      parts: [
        "LeakSanitizer, 2 processes", "10 bytes in 1 object leaked directly: xmlStrndup",
        "xmlstring.c:45", "3 079 bytes in 252 objects leaked indirectly: no ",
      ]),
    Case(
      name: "u03-lsan-multiple.txt", status: 1,
      parts: [
        "226 384 bytes in 300 objects leaked directly, 10 064 bytes in 150 objects leaked indirectly",
        "1. 196 608 bytes in 3 objects leaked directly: pepper::AutoBuffer::AllocateBuffer",
        "pep_auto_buffer.cpp:69",
      ]),
    Case(
      name: "u05-lsan-libfuzzer-multi.txt", status: 1,
      parts: [
        "1. 4 096 bytes in 1 object ", "2. 768 bytes in 6 objects ", "3. 512 bytes in 2 objects ",
        "4. 422 bytes in 2 objects ", "5. 280 bytes in 1 object ",
        "5 groups leak: 6 078 bytes in 12",
      ]),
    Case(
      name: "u07-hwasan-android-tag.txt", status: 2,
      parts: ["no leak report in it; it holds HWAddressSanitizer: tag-mismatch"]),
    Case(
      name: "u08-hwasan-tail.txt", status: 2,
      parts: ["no leak report in it; it holds HWAddressSanitizer: allocation-tail-overwritten"]),
    Case(
      name: "u09-asan-fuchsia.txt", status: 2,
      parts: ["no leak report in it; it holds AddressSanitizer: heap-buffer-overflow"]),
    Case(
      name: "u11-asan-heap.txt", status: 2,
      parts: ["no leak report in it; it holds AddressSanitizer: heap-use-after-free"]),
    Case(
      name: "u12-valgrind-jenkins-vg.xml", status: 1,
      parts: [
        "88 bytes in 1 block definitely lost: lit::Test::configure", "Test.cpp:35",
        "122 bytes with the 34 lost by it", "24 bytes in 1 block definitely lost: ",
        "UnitTestImpl::UnitTestImpl", "gtest.cc:3975", "errors that are no leaks: Invalid read",
      ]),
    Case(
      name: "u13-valgrind-simple.xml", status: 1,
      parts: ["1. 4 bytes in 1 block definitely lost: leak", "main.cpp:6"]),
    Case(
      name: "u16-valgrind-text.txt", status: 1,
      parts: [
        "1. 1 000 bytes in 1 block definitely lost: main", "test_leaker.c:5",
        "1 group leaks: 1 000 bytes in 1 block",
      ]),
    Case(
      name: "u18-valgrind-srs-delta.txt", status: 1,
      parts: [
        "3 406 847 bytes in 138 blocks possibly lost; no leak: 18 591 709 bytes in 1 block",
        "no record in the text",
      ]),
    Case(
      name: "u21-lsan-gcc-perf-mail.txt", status: 1,
      parts: ["1. 32 bytes in 4 objects leaked directly: check_per_pkg", "util/stat.c:343"]),
    Case(
      name: "u22-asan-gcc-quoted-wrapped.txt", status: 2, parts: ["no leak report in it"]),
  ]

  @Test(arguments: cases) func `what is told is the truth`(of known: Case) throws {
    let folder = try #require(LeakCases.folder)
    let result = try Program().run(
      arguments: ["leaks", "\(folder)/user/\(known.name)"], user: .whoeverTests)
    #expect(result.status == known.status, "\(result.errors)")
    for part in known.parts {
      #expect(result.output.contains(part), "\(part) isn't in \(result.output)")
    }
  }
}

/// Where reduced cases lie.
enum LeakCases {
  static let folder = ProcessInfo.processInfo.environment["KMEMCHECK_CASES"]
}
