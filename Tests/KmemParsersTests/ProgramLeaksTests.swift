import KmemParsers
import Testing

/// What the readers make of lines as tools print them.
@Suite struct ProgramLeaksTests {
  /// What the readers hand on of a text.
  static func events(_ text: String) -> [ProgramLeakEvent] {
    var reader = ProgramLeakReader()
    var events: [ProgramLeakEvent] = []
    let bytes = Array(text.utf8)
    reader.read(bytes.span) { events.append($0) }
    reader.finish { events.append($0) }
    return events
  }

  private func events(_ text: String) -> [ProgramLeakEvent] { Self.events(text) }

  private func records(_ text: String) -> [ProgramLeakRecord] {
    events(text).compactMap { event in
      if case .record(let record) = event { record } else { nil }
    }
  }

  @Test func `a record of Valgrind has what is lost by it apart`() throws {
    let record = try #require(
      records(
        """
        ==7== 11,200 (112 direct, 11,088 indirect) bytes in 1 blocks are definitely lost in loss record 5 of 6
        ==7==    at 0x48417B4: malloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)
        ==7==    by 0x109177: ns::list(int, char const*) (a.c:5)
        ==7==    by 0x48FA9A9: ??? (within /lib/libc-2.3.so)
        ==7==\u{20}
        """
      ).first)
    #expect(record.process == 7 && record.kind == .definitelyLost)
    #expect(record.amount == ProgramLeakAmount(bytes: 112, blocks: 1))
    #expect(record.indirectBytes == 11_088)
    #expect(record.frames.map(\.function) == ["malloc", "ns::list(int, char const*)", nil])
    #expect(record.frames[1].file == "a.c" && record.frames[1].line == 5)
    #expect(record.frames[2].object == "/lib/libc-2.3.so")
  }

  @Test(arguments: [
    "==7== 16 (+16) bytes in 1 (+1) blocks are possibly lost in new loss record 2 of 7",
    "==7== 48 (+24) (16 (+8) direct, 32 (+16) indirect) bytes in 1 (+1) blocks are possibly lost in loss record 2 of 7",
    "11:02:03 build-1 | ==00:00:00:01.234 7== 16 bytes in 1 blocks are possibly lost in loss record 2 of 7",
    "> 16 bytes in 1 blocks are possibly lost in loss record 2 of 7",
  ]) func `the first line of a record is known in all its forms`(line: String) throws {
    let record = try #require(records(line + "\n").first)
    #expect(record.amount == ProgramLeakAmount(bytes: 16, blocks: 1))
    #expect(record.kind == .possiblyLost)
    #expect(record.process == (line.contains("7==") ? 7 : nil))
    #expect(record.isDelta == line.contains("+"))
  }

  @Test func `a report of LeakSanitizer with a blank line between all lines is the same`() {
    let text = """
      ==9==ERROR: LeakSanitizer: detected memory leaks

      Direct leak of 10 byte(s) in 1 object(s) allocated from:
          #0 0x4af01b in malloc (/usr/bin/a+0x4af01b)
          #1 0x4f1a2b in one /src/a.c:7

      Indirect leak of 3079 byte(s) in 252 object(s) allocated from:
          #0 0x4af01b in malloc (/usr/bin/a+0x4af01b)
          #1 0x4f1a2b in two /src/a.c:9

      SUMMARY: AddressSanitizer: 3089 byte(s) leaked in 253 allocation(s).

      """
    let doubled = records(text.replacing("\n", with: "\n\n"))
    #expect(doubled.map(\.amount) == records(text).map(\.amount))
    #expect(doubled.map(\.frames) == records(text).map(\.frames))
    #expect(doubled.map { $0.frames.last?.function } == ["one", "two"])
  }

  @Test func `interleaved processes keep their stacks apart`() {
    let found = records(
      """
      ==1== 10 bytes in 1 blocks are definitely lost in loss record 1 of 1
      ==2== 20 bytes in 2 blocks are definitely lost in loss record 1 of 1
      ==2==    at 0x2: two (b.c:2)
      ==1==    at 0x1: one (a.c:1)
      ==2==\u{20}
      ==1==\u{20}
      """)
    #expect(found.map(\.process) == [2, 1])
    #expect(found.map(\.frames.first?.function) == ["two", "one"])
  }

  @Test func `errors that are listed again at the end count once`() {
    let text = """
      ==1== 10 bytes in 1 blocks are definitely lost in loss record 1 of 1
      ==1==    at 0x1: one (a.c:1)
      ==1==\u{20}
      ==1== 1 errors in context 1 of 1:
      ==1== 10 bytes in 1 blocks are definitely lost in loss record 1 of 1
      ==1==    at 0x1: one (a.c:1)
      ==1==\u{20}
      """
    #expect(records(text).count == 1)
  }

  @Test func `lines of two processes without their numbers have no stacks`() {
    let found = records(
      """
      10 bytes in 1 blocks are definitely lost in loss record 1 of 1
      20 bytes in 2 blocks are definitely lost in loss record 1 of 3
         at 0x2: two (b.c:2)
         at 0x1: one (a.c:1)
      """)
    #expect(found.map(\.amount.bytes) == [10, 20])
    #expect(found.allSatisfy { $0.frames.isEmpty && $0.isMixed })
  }

  @Test func `reports of two sanitizers that were written at once have no stacks`() {
    let found = records(
      """
      ==1==ERROR: LeakSanitizer: detected memory leaks
      ==2==ERROR: LeakSanitizer: detected memory leaks

      Direct leak of 10 byte(s) in 1 object(s) allocated from:
      Direct leak of 20 byte(s) in 2 object(s) allocated from:
          #0 0x1 in malloc x.c:1
          #0 0x1 in malloc x.c:1
          #1 0x2 in one a.c:1
          #1 0x2 in two b.c:1

      SUMMARY: AddressSanitizer: 10 byte(s) leaked in 1 allocation(s).
      SUMMARY: AddressSanitizer: 20 byte(s) leaked in 2 allocation(s).
      """)
    #expect(found.map(\.amount.bytes) == [10, 20])
    #expect(found.allSatisfy { $0.frames.isEmpty && $0.isMixed && $0.process == nil })
  }

  @Test func `prose that begins with a number is no frame`() {
    for prose in ["#57 fixed this.", "see below\n#57 fixed this.", "\n#1 of our list"] {
      let found = records(
        """
        ==1==ERROR: LeakSanitizer: detected memory leaks

        Direct leak of 10 byte(s) in 1 object(s) allocated from:
            #0 0x1 in malloc x.c:1
            #1 0x2 in one a.c:1
        \(prose)
        """)
      #expect(found.map(\.isMixed) == [false], "\(prose)")
      #expect(found.first?.frames.compactMap(\.function) == ["malloc", "one"], "\(prose)")
    }
  }

  @Test func `a report that was cut leaves the next one its stacks`() {
    let found = records(
      """
      ==1==ERROR: LeakSanitizer: detected memory leaks
      ==2==ERROR: LeakSanitizer: detected memory leaks

      Indirect leak of 20 byte(s) in 2 object(s) allocated from:
          #0 0x1 in __interceptor_malloc (/usr/lib/libasan.so.8+0xb4d2f) (BuildId: 12)
          #1 0x2 in two b.c:1:4
          #2 0x3  (<unknown module>)

      SUMMARY: AddressSanitizer: 20 byte(s) leaked in 2 allocation(s).
      """)
    #expect(found.map(\.process) == [2] && found.first?.kind == .indirect)
    let frames = found.first?.frames ?? []
    #expect(frames.map(\.function) == ["__interceptor_malloc", "two", nil])
    #expect(frames.first?.object == "/usr/lib/libasan.so.8" && frames.first?.offset == "0xb4d2f")
    #expect(frames.dropFirst().first?.file == "b.c" && frames.dropFirst().first?.line == 1)
  }

  @Test func `frames behind a number that comes twice are nobody's`() {
    let found = records(
      """
      Direct leak of 20 byte(s) in 2 object(s) allocated from:
          #0 0x1 in malloc x.c:1
          #1 0x2 in two b.c:1
          #2 0x3 in main b.c:9
          #2 0x4 in main c.c:9
      """)
    #expect(found.first?.frames.map(\.function) == ["malloc", "two"])
  }

  @Test func `a place that a mailer put on the next line is its frame's`() {
    let found = records(
      """
      > Direct leak of 20 byte(s) in 2 object(s) allocated from:
      >     #0 0x1 in malloc
      >         ../../src/libsanitizer/asan/asan_malloc_linux.cpp:51
      """.replacing("> ", with: ""))
    #expect(found.first?.frames.first?.line == 51)
  }

  @Test func `names that a mailer broke are those of their frames`() {
    let stack = """
      ==9==ERROR: LeakSanitizer: detected memory leaks

      Direct leak of 10 byte(s) in 1 object(s) allocated from:
          #0 0x7f1d1174876b in operator new[](unsigned long) (/usr/bin/a+0x4af01b)
          #1 0x7f1bb40eebec in player::Table<std::string, std::pair<std::string, int> >::fill(int) /src/table.cpp:69
          #2 0x7f1bb40e0000 in player::SocketAddressOfTheOtherSide::assign(int) /src/player/address/socket.cpp:56
          #3 0x7f1bb40e0001 in short

      """
    let wrapped = stack.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      var (lines, rest) = ([String](), String(line))
      while rest.count > 76, let blank = rest.prefix(76).lastIndex(of: " ") {
        lines.append(String(rest[..<blank]))
        rest = String(rest[rest.index(after: blank)...])
      }
      return lines + [rest]
    }
    let found = records(wrapped.joined(separator: "\n"))
    #expect(found.map(\.frames) == records(stack).map(\.frames))
    #expect(records(stack + "and so it goes on\n").map(\.frames) == records(stack).map(\.frames))
  }

  @Test func `the last list of memleak is the one that counts`() {
    let found = records(
      """
      [11:16:33] Top 1 stacks with outstanding allocations:
              80 bytes in 5 allocations from stack
                       main+0x6d [allocs]

      [11:16:34] Top 1 stacks with outstanding allocations:
              160 bytes in 10 allocations from stack
                       0 [<00005555>] main+0x6d [allocs]
                       __libc_start_main+0xf0 [libc-2.21.so]
      """)
    #expect(found.map(\.amount) == [ProgramLeakAmount(bytes: 160, blocks: 10)])
    #expect(found.first?.frames.map(\.function) == ["main", "__libc_start_main"])
    #expect(found.first?.frames.map(\.object) == ["allocs", "libc-2.21.so"])
  }

  @Test(arguments: [
    (
      "==9==ERROR: AddressSanitizer: heap-use-after-free on address 0x6 at pc 0x4",
      "AddressSanitizer: heap-use-after-free"
    ),
    (
      "==9==ERROR: HWAddressSanitizer: tag-mismatch on address 0x0 at pc 0x1",
      "HWAddressSanitizer: tag-mismatch"
    ),
    ("WARNING: ThreadSanitizer: data race (pid=9)", "ThreadSanitizer: data race"),
    ("==9== Invalid read of size 4", "Invalid read of size 4"),
  ]) func `errors that are no leaks have their names`(line: String, name: String) {
    let names = events(line + "\n").compactMap { event in
      if case .error(let name, _) = event { name } else { nil }
    }
    #expect(names == [name])
  }

  @Test(arguments: [
    "The buggy address is located 0 bytes inside of allocated 64-byte region", "==========",
    "[    1.0] BUG: KASAN: slab-use-after-free in f+0x1/0x2", "#1 SMP PREEMPT", "time_unit of it",
  ]) func `lines of a kernel log are no program's`(line: String) {
    #expect(events(line + "\n").isEmpty)
  }

  @Test func `a document that goes on behind its end is read on`() {
    let text = "<valgrindoutput>\n</valgrindoutput>\n<error>\n</error>\n"
    #expect(events(text).count == 5)
  }

  @Test(arguments: ["", "==1==", "==1== ", "#0 0x", "Direct leak of ", "<valgrindoutput>", "=="])
  func `a text that says nothing is none`(text: String) {
    #expect(records(text).isEmpty)
  }
}
