import Foundation
import KmemTestSupport
import Testing

/// Reports of every kind in a real browser: Chromium as Debian packages it, driven by `Tests/Browser/look`.
///
/// It opens each at 360, 1024 and 1920 pixels, light, dark and as printed, and says what is on the
/// console, what is asked for besides the file, what is empty, too wide, too small or too faint.
@Suite(.enabled(if: Browser.isThere, "chromium is not installed"))
struct BrowserTests {
  private static let inputs: [(name: String, fixtures: [String])] = [
    ("one", ["captures/6.18-guest-after"]),
    ("two", ["captures/6.1-kmalloc-before.tar.zst", "captures/6.1-kmalloc-after.tar.zst"]),
    ("lines", ["synthetic/6.12-allocinfo-before", "synthetic/6.12-allocinfo-after"]),
    ("history", ["history/mebibyte-an-hour.sqlite"]),
    ("nodes", ["synthetic/6.1-numa-17-orders"]),
    ("program", ["programs/valgrind-full.txt"]),
  ]

  /// Reports in a folder: one of each input, and one whose names are hostile.
  private func reports(in folder: TemporaryFolder) throws -> [String] {
    let program = try Program()
    let log = try folder.write(
      "kmemleak",
      ReportTests.leak.replacingOccurrences(
        of: "insmod", with: "<img src=x onerror=alert(1)>\u{202E}\u{1B}[2J"
      ).utf8)
    let all =
      Self.inputs.map { ($0.name, $0.fixtures.map(Fixture.path)) }
      + [("hostile", [log]), ("live", ["--live"])]
    return try all.map { name, inputs in
      let file = "\(folder.path)/\(name).html"
      let result = try program.run(
        arguments: ["report"] + inputs + ["-o", file], user: .whoeverTests)
      #expect(result.status < 2, "\(result.errors)")
      return file
    }
  }

  @Test func `reports are readable at every width, light, dark and printed, and ask for nothing`()
    throws
  {
    let folder = try TemporaryFolder()
    let result = try Browser.look(at: try reports(in: folder))
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.isEmpty)
  }

  @Test func `what is wrong with a page is seen`() throws {
    let folder = try TemporaryFolder()
    let bad = """
      <!DOCTYPE html><meta charset="utf-8"><title>x</title><script>console.log("hello")</script>
      <img src="none.png"><p style="font-size:8px;color:#ccc;width:3000px">small and faint</p>
      """
    let result = try Browser.look(at: [try folder.write("bad.html", bad.utf8)])
    #expect(result.status == 1)
    for fault in [
      "the console says", "none.png is asked for", "are wider than 360", "too little contrast",
      "smaller than 12 pixels", "SCRIPT", "the picture is empty",
    ] {
      #expect(result.output.contains(fault), "\(fault) in \(result.output)")
    }
  }
}

/// Chromium without a window.
private enum Browser {
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")

  /// What is wrong with these pages, line by line.
  static func look(at files: [String]) throws -> (output: String, status: Int32) {
    let look = "\(Fixture.folder)/../Tests/Browser/look"
    return try #require(Tool.run("/usr/bin/timeout", ["300", look] + files))
  }
}
