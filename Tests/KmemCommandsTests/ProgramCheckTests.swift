import Foundation
import KmemTestSupport
import Testing

/// `check --valgrind` and `check --lsan` with the real tools: the user half of the verdict, and the
/// command's own status.
@Suite(.enabled(if: BuiltProgram.hasTools, "needs valgrind and gcc with libasan"))
struct ProgramCheckTests {
  private static let source = """
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>
    static void *volatile block;
    static void lose(void) { block = malloc(12288); block = malloc(100); block = 0; }
    int main(int count, char **words) {
      const char *word = count > 1 ? words[1] : "";
      if (strchr(word, 'l')) lose();
      if (strchr(word, 'f') && fork() == 0) lose();
      if (strchr(word, 'x')) _exit(0);
      if (strchr(word, 'u')) { char *p = malloc(10); free(p); return ((char *volatile)p)[1]; }
      return strchr(word, '7') ? 7 : 0;
    }
    """

  private func check(
    _ option: String, _ built: BuiltProgram, _ words: String, more: [String] = [],
    environment: [String: String] = [:]
  ) throws -> Program.Result {
    try Program().run(
      arguments: ["check", option, "--no-kmemleak", "--settle", "0"] + more
        + ["--", built.path, words], environment: environment, user: .whoeverTests)
  }

  @Test func `Valgrind's leaks are told beside the kernel's, and the command's status is its own`()
    throws
  {
    let built = try BuiltProgram(Self.source)
    let leaking = try check("--valgrind", built, "l", more: ["--repeat", "2"])
    #expect(leaking.status == 1, "\(leaking.errors)")
    #expect(leaking.lastLine.hasPrefix("Verdict: kernel: "))
    #expect(
      leaking.lastLine.hasSuffix(
        "user space: 1 group leaks: 24 776 bytes in 4 blocks definitely lost"))
    #expect(leaking.output.contains("definitely lost: lose\n   at program.c:5"))
    let hostile = ["VALGRIND_OPTS": "--error-exitcode=9 --xml=yes --xml-file=/dev/null"]
    let clean = try check("--valgrind", built, "", environment: hostile)
    #expect(clean.lastLine.hasSuffix("user space: clean"))
    #expect(try check("--valgrind", built, "l7", environment: hostile).status == 7)
    let child = try check("--valgrind", built, "f")
    #expect(child.lastLine.contains("12 388 bytes in 2 blocks"), "\(child.output)")
    #expect(child.output.contains("Valgrind, 2 processes"))
  }

  @Test func `what Valgrind can't look at is said, and never called clean`() throws {
    let isolated = try BuiltProgram(Self.source, "-static")
    let result = try check("--valgrind", isolated, "l")
    #expect(result.status == 2)
    #expect(result.lastLine.contains("is linked statically"))
    let other = try BuiltProgram(Self.source)
    unsafe chmod(other.path, 0o4755)
    let refused = try check("--valgrind", other, "l")
    #expect(refused.status == 77 && refused.errors.contains("is setuid or setgid"))
    let none = try check("--valgrind", isolated, "l", environment: ["PATH": "/nowhere"])
    #expect(none.status == 69 && none.errors.contains("apt-get install valgrind"))
  }

  @Test func `a script's programs are looked at, and that its interpreter is too is said`() throws {
    let built = try BuiltProgram(Self.source)
    let script = "\(built.path).sh"
    try "#!/bin/sh\n\(built.path) l\n".write(toFile: script, atomically: true, encoding: .utf8)
    unsafe chmod(script, 0o755)
    let result = try Program().run(
      arguments: ["check", "--valgrind", "--no-kmemleak", "--settle", "0", "--", script],
      user: .whoeverTests)
    #expect(result.status == 1)
    #expect(result.output.contains("is a script: what its interpreter loses is in it too"))
  }

  @Test(arguments: ["-fsanitize=address", "-fsanitize=leak"])
  func `a sanitizer's leaks are told, and its exit status isn't the command's`(option: String)
    throws
  {
    let built = try BuiltProgram(Self.source, option)
    let leaking = try check("--lsan", built, "l")
    #expect(leaking.status == 1, "\(leaking.errors)")
    #expect(leaking.lastLine.hasSuffix("12 388 bytes in 2 objects leaked directly"))
    #expect(leaking.output.contains("program.c:5"))
    let hostile = ["ASAN_OPTIONS": "exitcode=9:log_path=/dev/null:detect_leaks=0"]
    #expect(try check("--lsan", built, "l7", environment: hostile).status == 7)
    let clean = try check("--lsan", built, "", environment: hostile)
    #expect(clean.lastLine.hasSuffix("user space: clean"), "\(clean.output)")
    let ended = try check("--lsan", built, "lx")
    #expect(ended.status == 2 && ended.lastLine.contains("_exit ended it before"))
  }

  @Test func `an error that is no leak fails the command, and leaves the leaks open`() throws {
    let built = try BuiltProgram(Self.source, "-fsanitize=address")
    let result = try check("--lsan", built, "u")
    #expect(result.status == 134)
    #expect(result.lastLine.contains("heap-use-after-free"), "\(result.output)")
    let plain = try check("--lsan", try BuiltProgram(Self.source), "l")
    #expect(plain.status == 2 && plain.lastLine.contains("isn't built with a sanitizer"))
  }

  @Test func `both halves stand in the JUnit file`() throws {
    let built = try BuiltProgram(Self.source, "-fsanitize=leak")
    let file = "\(built.path).xml"
    _ = try check("--lsan", built, "l", more: ["--junit", file])
    let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    #expect(text.contains("classname=\"LeakSanitizer\""), "\(text)")
    #expect(text.contains("classname=\"check\""))
  }
}

/// A C program that a test builds.
struct BuiltProgram {
  let folder: TemporaryFolder
  let path: String

  static let hasTools =
    Tool.output("/usr/bin/env", "valgrind", "--version") != nil
    && (try? BuiltProgram("int main(void) { return 0; }", "-fsanitize=address")) != nil

  init(_ source: String, _ options: String...) throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/program"
    let file = try folder.write("program.c", Array(source.utf8))
    let words = ["gcc", "-g", "-O0", "-w", "-o", path, file] + options
    try #require(Tool.run("/usr/bin/env", words)?.status == 0)
  }
}
