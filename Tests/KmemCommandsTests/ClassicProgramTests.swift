import Foundation
import KmemTestSupport
import Testing

/// The classic programs that lose memory, from their start to the line of source: watched, named, run
/// again by the command that the watch prints, and the line read from the tool's report.
///
/// They lose three pages not each second, but 200 times in one.
@Suite(.enabled(if: BuiltProgram.hasTools, "needs valgrind and gcc with libasan"))
struct ClassicProgramTests {
  private static let source = """
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>
    static void *volatile block;
    static void work(void) {
      block = malloc(3 * 4096);
      memset(block, 1, 3 * 4096);
      block = NULL;
      char *volatile small = malloc(16);
      small[0] = 1;
      free(small);
    }
    int main(int count, char **words) {
      do { work(); usleep(5000); } while (access(words[1], F_OK));
    #ifdef CHECKED
      extern void __lsan_do_leak_check(void);
      __lsan_do_leak_check();
    #endif
      return 0;
    }
    """

  @Test(arguments: [
    ([], "--valgrind", "12 288 bytes in 1 block definitely lost"),
    (["-fsanitize=address", "-DCHECKED"], "--lsan", "12 288 bytes in 1 object leaked directly"),
  ]) func `its line is found`(options: [String], tool: String, amount: String) throws {
    let built =
      options.isEmpty
      ? try BuiltProgram(Self.source) : try BuiltProgram(Self.source, options[0], options[1])
    let end = "\(built.folder.path)/end it"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: built.path)
    process.arguments = [end]
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    let program = try Program()
    func watched() throws -> Program.Result {
      try program.run(
        "watch", "--fresh", "--for", "40s", "--interval", "0.2", "--pid",
        "\(process.processIdentifier)", user: .whoeverTests)
    }
    var watch = try watched()
    // On a busy machine it grows unevenly, and the verdict asks for more time.
    if watch.status == 2 { watch = try watched() }
    #expect(watch.status == 1, "\(watch.output)")
    let named = "Process \(process.processIdentifier) program grows"
    #expect(watch.lastLine.contains(named), "\(watch.lastLine)")
    let mark = ": kmemcheck check \(tool) -- "
    let line = try #require(
      watch.output.split(separator: "\n").first { $0.contains(mark) }, "\(watch.output)")
    let command = try #require(line.components(separatedBy: ": kmemcheck ").last)
    // It ends as usual.
    _ = FileManager.default.createFile(atPath: end, contents: nil)
    let folder = URL(fileURLWithPath: Program.executable).deletingLastPathComponent().path
    let found = try #require(
      Tool.run(
        "/usr/bin/env", ["PATH=\(folder):/usr/bin:/bin", "/bin/sh", "-c", "kmemcheck \(command)"]))
    #expect(found.status == 1, "\(found.output)")
    #expect(found.output.contains("1. \(amount): work\n"), "\(found.output)")
    #expect(found.output.contains("program.c:6"))
  }
}
