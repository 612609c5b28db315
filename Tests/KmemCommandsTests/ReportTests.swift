import Foundation
import KmemTestSupport
import Testing

/// `report`, folded stacks and charts: what the built program writes.
@Suite struct ReportTests {
  private let program: Program
  private let folder: TemporaryFolder

  init() throws {
    program = try Program()
    folder = try TemporaryFolder()
  }

  /// Writes a report of these inputs and gives its text.
  private func report(_ inputs: [String]) throws -> String {
    let file = "\(folder.path)/report.html"
    let result = try program.run(
      arguments: ["report"] + inputs + ["-o", file], user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  /// The last paragraph of an answer.
  private func verdict(_ arguments: [String]) throws -> String {
    let output = try program.run(arguments: arguments, user: .whoeverTests).output
    return String(try #require(output.split(separator: "\n").last { $0.hasPrefix("Verdict: ") }))
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "'", with: "&#39;")
  }

  @Test func `a report has the verdict of the verb that its input is for`() throws {
    let before = Fixture.path("captures/6.1-kmalloc-before.tar.zst")
    let after = Fixture.path("captures/6.1-kmalloc-after.tar.zst")
    let history = Fixture.path("history/mebibyte-an-hour.sqlite")
    for (inputs, verb) in [
      ([after], ["show"]), ([before, after], ["diff"]), ([history], ["watch", "--replay"]),
    ] {
      let html = try report(inputs)
      #expect(html.contains(escaped(try verdict(verb + inputs))), "\(inputs)")
      #expect(html.utf8.count < 300_000)
    }
  }

  @Test func `now and a label are moments, and no files of a history`() throws {
    #expect(try report(["now"]).contains("Verdict: "))
    _ = try program.run("snap", "--no-processes", "--label", "monday")
    let file = "\(program.home.path)/monday.html"
    let labelled = try program.run("report", "monday", "-o", file)
    #expect(labelled.status == 0, "\(labelled.errors)")
  }

  @Test func `a log that lists leaks gives their groups and stacks`() throws {
    let log = try folder.write("kmemleak", Self.leak.utf8)
    let html = try report([log])
    #expect(html.contains(escaped(try verdict(["leaks", log]))))
    #expect(html.contains("leak_some [leaky]"))
    #expect(html.contains("class=\"flames\""))
  }

  @Test func `folded stacks of leaks sum to their bytes`() throws {
    let log = try folder.write("kmemleak", Self.leak.utf8)
    let result = try program.run("leaks", log, "--folded", user: .whoeverTests)
    #expect(result.status == 1)
    #expect(
      result.output == "ret_from_fork;leaky_thread_[leaky];leak_some_[leaky];kmalloc_trace 1024\n")
    let both = try program.run(
      "leaks", log, "--folded", "--baseline", log, user: .whoeverTests)
    #expect(both.output.hasSuffix(" 1024 1024\n"))
  }

  @Test func `a source of stacks that isn't there is refused with a sentence`() throws {
    let result = try program.run(
      "show", Fixture.path("captures/6.18-guest-after"), "--folded", "alloc_traces",
      user: .whoeverTests)
    #expect(result.status == 66)
    #expect(result.errors.contains("no stacks of alloc_traces in "))
  }

  @Test func `JSON is refused, and the verbs that have it are named`() throws {
    let result = try program.run("report", "--json", "-o", "-", user: .whoeverTests)
    #expect(result.status == 64)
    #expect(result.errors.contains("have --json"))
  }

  @Test func `a chart of processes is a picture of its own`() throws {
    let file = "\(folder.path)/chart.svg"
    let result = try program.run("top", "processes", "--chart", file, user: .whoeverTests)
    #expect(result.status == 0)
    let svg = try String(contentsOfFile: file, encoding: .utf8)
    #expect(svg.hasPrefix("<svg xmlns="))
    #expect(try XMLDocumentCheck.isWellFormed(svg))
  }

  static let leak = """
    unreferenced object 0xffff888003a1b000 (size 1024):
      comm "insmod", pid 211, jiffies 4294900000 (age 12.340s)
      hex dump (first 32 bytes):
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace:
        [<00000000a1b2c3d4>] kmalloc_trace+0x26/0x90
        [<00000000a1b2c3d5>] leak_some+0x1c/0x40 [leaky]
        [<00000000a1b2c3d6>] leaky_thread+0x33/0x60 [leaky]
        [<00000000a1b2c3d7>] ret_from_fork+0x2c/0x50

    """
}

/// Whether a text is XML, by python3's parser.
private enum XMLDocumentCheck {
  static func isWellFormed(_ text: String) throws -> Bool {
    let folder = try TemporaryFolder()
    let file = try folder.write("x.xml", text.utf8)
    return Tool.output(
      "/usr/bin/env", "python3", "-c", "import sys,xml.dom.minidom as m; m.parse(sys.argv[1])", file
    )
      != nil
  }
}
