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
  private func report(_ inputs: [String], status: Int32 = 0) throws -> String {
    let file = "\(folder.path)/report.html"
    let result = try program.run(
      arguments: ["report"] + inputs + ["-o", file], user: .whoeverTests)
    #expect(result.status == status, "\(inputs): \(result.errors)")
    return try String(contentsOfFile: file, encoding: .utf8).replacing("\u{A0}", with: " ")
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
    let lost = Fixture.path("programs/valgrind-full.txt")
    for (inputs, verb, status) in [
      ([after], ["show"], 0), ([before, after], ["diff"], 0),
      ([history], ["watch", "--replay"], 1), ([lost], ["leaks"], 1),
    ] {
      let html = try report(inputs, status: Int32(status))
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
    let html = try report([log], status: 1)
    #expect(html.contains(escaped(try verdict(["leaks", log]))))
    #expect(html.contains("leak_some [leaky]"))
    #expect(html.contains("class=\"flames\""))
  }

  @Test func `a report of a history says since when, how fast and how sure`() throws {
    let html = try report([Fixture.path("history/mebibyte-an-hour.sqlite")], status: 1)
    let verdict = try #require(html.firstMatch(of: /Verdict: [^<]*/)).output
    for words in ["process 31258 leaker", "1.0 MiB/h", "95 % sure", "since 2026-11-23 04:"] {
      #expect(verdict.localizedCaseInsensitiveContains(words), "\(words)")
    }
  }

  @Test func `a report of two moments doesn't say that one moment shows no leak`() throws {
    let html = try report([
      Fixture.path("captures/6.1-kmalloc-before.tar.zst"),
      Fixture.path("captures/6.1-kmalloc-after.tar.zst"),
    ])
    #expect(html.ranges(of: "class=\"verdict").count == 1)
    #expect(!html.contains("One moment can"))
  }

  @Test func `lines of source give a flame graph and a table of their own`() throws {
    let html = try report([Fixture.path("synthetic/6.12-allocinfo-after")])
    #expect(html.contains("Stacks of allocinfo"))
    #expect(html.contains("class=\"flames\""))
  }

  @Test func `a report that can't be written is refused with a sentence`() throws {
    let input = Fixture.path("captures/6.18-guest-after")
    for place in ["/dev/full", folder.path, "\(folder.path)/none/report.html"] {
      let result = try program.run("report", input, "-o", place, user: .whoeverTests)
      #expect(result.status == 74, "\(place): \(result.errors)")
      #expect(result.errors.contains("could not be written"))
    }
  }

  @Test func `what is no input is refused, and no file is made`() throws {
    let empty = try folder.write("empty", "".utf8)
    for input in [empty, "\(folder.path)/none.sqlite"] {
      let file = "\(folder.path)/none.html"
      let result = try program.run("report", input, "-o", file, user: .whoeverTests)
      #expect([65, 66].contains(result.status), "\(result.status) \(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: file))
    }
  }

  @Test func `what is piped in gives the report that the file gives`() throws {
    let meminfo = try String(
      contentsOfFile: Fixture.path("captures/6.18-guest-after/proc/meminfo"), encoding: .utf8)
    let hours = (1...8).map { "Fri Nov 27 0\($0):00:00 UTC 2026\n\(meminfo)\n" }
    let inputs = [
      try Data(contentsOf: URL(fileURLWithPath: Fixture.path("programs/valgrind-full.txt"))),
      try Data(contentsOf: URL(fileURLWithPath: Fixture.path("programs/valgrind.xml"))),
      try Data(
        contentsOf: URL(fileURLWithPath: Fixture.path("captures/6.1-kmalloc-after.tar.zst"))),
      Data(Self.leak.utf8), Data(ShownFiles.trace.utf8), Data(hours.joined().utf8),
    ]
    for input in inputs {
      let file = try folder.write("input", input)
      let named = try program.run("report", file, "-o", "-", user: .whoeverTests)
      let piped = try program.run(
        "report", "-", "-o", "-", input: Array(input), user: .whoeverTests)
      #expect(named.status == piped.status, "\(piped.errors)")
      #expect(named.output.contains("Verdict: "))
      let words = piped.output.replacing("report: standard input", with: "report: input")
        .replacing("standard input", with: file).replacing("/dev/stdin", with: file)
        .replacing(/-@([0-9])/) { "\(file)@\($0.1)" }
      // How a cell is set depends on how long the name in it is.
      #expect(words.replacing(/<[^>]*>/, with: "|") == named.output.replacing(/<[^>]*>/, with: "|"))
    }
  }

  @Test func `two moments colour a flame graph by what grew, and say so`() throws {
    let html = try report([
      Fixture.path("synthetic/6.12-allocinfo-before"),
      Fixture.path("synthetic/6.12-allocinfo-after"),
    ])
    #expect(html.contains("class=\"more-3\""))
    #expect(html.contains(", +39.1 MiB</title>"))
    #expect(html.contains("width: bytes now"))
  }

  @Test func `hostile names of a leak report stay text`() throws {
    let text = Self.leak.replacingOccurrences(
      of: "insmod", with: "<img src=x onerror=alert(1)>\u{202E}")
    let html = try report([try folder.write("kmemleak", text.utf8)], status: 1)
    #expect(!html.contains("<img") && !html.contains("\u{202E}"))
    #expect(html.contains("&lt;img"))
  }

  @Test func `charts of a watch and of control groups are pictures of their own`() throws {
    let file = "\(folder.path)/chart.svg"
    let history = Fixture.path("history/mebibyte-an-hour.sqlite")
    let watch = try program.run(
      "watch", "--replay", history, "--chart", file, user: .whoeverTests)
    #expect(watch.status == 1)
    let svg = try String(contentsOfFile: file, encoding: .utf8)
    #expect(svg.contains("process 31258 leaker: growing 1.0 MiB/h"))
    #expect(try XMLDocumentCheck.isWellFormed(svg))
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
