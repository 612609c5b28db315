import KmemParsers
import Testing

/// Reports whose lines a mail program broke at blanks, or a terminal at a column.
@Suite struct WrappedLinesTests {
  private static let valgrind = """
    ==7== HEAP SUMMARY:
    ==7==     in use at exit: 6,528 bytes in 102 blocks
    ==7==
    ==7== 128 (64 direct, 64 indirect) bytes in 1 blocks are definitely lost in loss record 2 of 7
    ==7==    at 0x48465EF: calloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)
    ==7==    by 0x109238: ring::Ring<unsigned long, std::allocator<unsigned long> >::make(unsigned int, char const*) (ring.cc:29)
    ==7==    by 0x1092EA: (anonymous namespace)::start(std::vector<int, std::allocator<int> > const&) (start.cc:147)
    ==7==    by 0x109447: main (main.cc:76)
    ==7==
    ==7== 6,400 (64 direct, 6,336 indirect) bytes in 1 blocks are possibly lost in loss record 3 of 7
    ==7==    at 0x48465EF: calloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)
    ==7==    by 0x1091F3: ??? (in /opt/vendor/lib/x86_64-linux-gnu/libvendor-of-parts.so.1.2.3)
    ==7==
    ==7== LEAK SUMMARY:
    ==7==    definitely lost: 64 bytes in 1 blocks

    """

  private static let sanitizer = """
    ==9==ERROR: LeakSanitizer: detected memory leaks

    Direct leak of 721 byte(s) in 7 object(s) allocated from:
        #0 0x7f40da6b78d5 in __interceptor_realloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:85
        #1 0x55664668f5bc in words::lose(char const*, unsigned long) /home/user/projects/words/source/words.cc:139
        #2 0x55664668f8d4 in main /home/user/projects/words/source/main.cc:176
        #3 0x7f40da445249  (/lib/x86_64-linux-gnu/libc.so.6+0x27249) (BuildId: 0123456789abcdef)

    SUMMARY: AddressSanitizer: 721 byte(s) leaked in 7 allocation(s).

    """

  private func events(_ text: String) -> [ProgramLeakEvent] {
    ProgramLeaksTests.events(text).compactMap(\.withoutLine)
  }

  @Test(arguments: [valgrind, sanitizer], [64, 70, 72, 76, 78, 80, 100])
  func `lines that were broken at blanks tell the same`(text: String, width: Int) {
    let wrapped = text.lines.flatMap { $0.brokenAtBlanks(width) }.joined(separator: "\n")
    #expect(events(wrapped) == events(text))
  }

  @Test(arguments: [valgrind, sanitizer], [70, 72, 80, 100, 120])
  func `lines that were broken at a column tell the same`(text: String, width: Int) {
    let folded = text.lines.flatMap { $0.broken(at: width) }.joined(separator: "\n")
    #expect(events(folded) == events(text))
  }

  @Test func `a line of which nothing comes is read as it stands`() {
    let cut = """
      ==7== 64 bytes in 1 blocks are definitely
      ==7== 32 bytes in 1 blocks are definitely lost in loss record 1 of 2
      ==7==    at 0x1: one(int,
      the program's own words
      ==7==    by 0x2: main (a.c:5)

      """
    let records = events(cut).compactMap { event in
      if case .record(let record) = event { record } else { nil }
    }
    #expect(records.count == 1)
    #expect(records.first?.frames.map(\.function) == ["one(int,", "main"])
  }

  @Test func `a mark that a page parted from its line belongs to it`() {
    let text = Self.valgrind.lines.flatMap { line in
      line.hasPrefix("==7== ") ? ["==7==", String(line.dropFirst(6))] : [line]
    }.joined(separator: "\n")
    let records = events(text).filter { event in
      if case .record = event { true } else { false }
    }
    #expect(records.count == 2)
    #expect(
      events(text).contains {
        $0
          == .summary(
            .valgrind, process: 7,
            [
              .definitelyLost: ProgramLeakAmount(bytes: 64, blocks: 1)
            ])
      })
  }

  @Test func `a line in the middle of nowhere holds nothing back`() {
    #expect(events("12 bytes in\n\n12 bytes in\n").isEmpty)
  }
}

extension ProgramLeakEvent {
  /// The event without the line that it was found in.
  fileprivate var withoutLine: ProgramLeakEvent? {
    guard case .record(var record) = self else { return self }
    record.line = 0
    return .record(record)
  }
}

extension String {
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  fileprivate func brokenAtBlanks(_ width: Int) -> [String] {
    var lines = [""]
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      if !isFirst, lines[lines.count - 1].count + word.count >= width {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] += (lines == [""] && isFirst ? "" : " ") + word
      }
    }
    return lines
  }

  fileprivate func broken(at width: Int) -> [String] {
    var (rest, lines) = (self[...], [String]())
    while rest.count > width {
      lines.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return lines + [String(rest)]
  }
}
