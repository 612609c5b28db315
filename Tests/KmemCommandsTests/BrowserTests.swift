import Foundation
import KmemTestSupport
import Testing

/// Reports in a real browser: Chromium as Debian packages it.
@Suite(.serialized, .enabled(if: Browser.isThere, "chromium is not installed"))
struct BrowserTests {
  private static let inputs: [[String]] = [
    ["captures/6.18-guest-after"],
    ["captures/6.1-kmalloc-before.tar.zst", "captures/6.1-kmalloc-after.tar.zst"],
    ["history/mebibyte-an-hour.sqlite"],
    ["programs/valgrind-full.txt"],
  ]

  /// Writes a report into a folder of its own.
  private func report(_ inputs: [String], in folder: TemporaryFolder) throws -> String {
    let file = "\(folder.path)/report.html"
    let result = try Program().run(
      arguments: ["report"] + inputs.map(Fixture.path) + ["-o", file], user: .whoeverTests)
    #expect(result.status < 2, "\(result.errors)")
    return file
  }

  @Test(arguments: inputs) func `the console stays empty, and nothing is asked for`(
    inputs: [String]
  )
    throws
  {
    let folder = try TemporaryFolder()
    let file = try report(inputs, in: folder)
    let shot = "\(folder.path)/shot.png"
    let log = try Browser.run([
      "--enable-logging=stderr", "--window-size=1024,1400", "--screenshot=\(shot)",
      "file://\(file)",
    ])
    #expect(!log.contains("CONSOLE"), "\(log)")
    // A page without a picture compresses to a few thousand bytes.
    let size = try FileManager.default.attributesOfItem(atPath: shot)[.size] as? Int ?? 0
    #expect(size > 30_000)
  }

  /// A copy that may run one script, which measures; the report itself runs none.
  private func measured(_ file: String, in folder: TemporaryFolder) throws -> String {
    let html = try String(contentsOfFile: file, encoding: .utf8)
    let policy = try #require(
      html.firstRange(of: /<meta http-equiv="Content-Security-Policy"[^>]*>/))
    let script = """
      <script>const e=document.documentElement;
      const light=c=>{const v=c.match(/[0-9.]+/g).slice(0,3).map(x=>{x/=255;
        return x<=0.03928?x/12.92:((x+0.055)/1.055)**2.4});return .2126*v[0]+.7152*v[1]+.0722*v[2]};
      const ground=n=>{for(;n;n=n.parentElement){const c=getComputedStyle(n).backgroundColor;
        if(!c.startsWith('rgba(0, 0, 0, 0'))return c}return 'rgb(255,255,255)'};
      const contrast=n=>{const s=getComputedStyle(n),
        a=light(n.namespaceURI.includes('svg')?s.fill:s.color),b=light(ground(n));
        return (Math.max(a,b)+.05)/(Math.min(a,b)+.05)};
      const faint=[...document.querySelectorAll('p,td,th,small,a,summary,.tick')].filter(
        n=>contrast(n)<4.5).length;
      const small=[...document.querySelectorAll('p,td,th,text,small')].filter(
        n=>parseFloat(getComputedStyle(n).fontSize)<12).length;
      const bad=[...document.querySelectorAll('script,img,link,iframe,object')].length-1;
      document.title='W'+innerWidth+' S'+e.scrollWidth+' small'+small+' bad'+bad+' faint'+faint+' '</script>
      """
    let copy = html.replacingCharacters(in: policy, with: "")
      .replacingOccurrences(of: "</body>", with: script + "</body>")
    return try folder.write("measured.html", copy.utf8)
  }

  @Test(arguments: [false, true]) func `text has contrast enough, light and dark`(
    isDark: Bool
  ) throws {
    for inputs in Self.inputs {
      let folder = try TemporaryFolder()
      let copy = try measured(try report(inputs, in: folder), in: folder)
      let scheme = isDark ? ["--blink-settings=preferredColorScheme=0"] : []
      let page = try Browser.run(scheme + ["--dump-dom", "file://\(copy)"])
      let found = try #require(page.firstMatch(of: /faint([0-9]+)/), "\(page.prefix(300))")
      #expect(found.1 == "0", "\(inputs)")
    }
  }

  @Test func `a printed report is a document of pages with text`() throws {
    let folder = try TemporaryFolder()
    let file = try report(Self.inputs[2], in: folder)
    let pdf = "\(folder.path)/report.pdf"
    _ = try Browser.run(["--no-pdf-header-footer", "--print-to-pdf=\(pdf)", "file://\(file)"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: pdf))
    #expect(bytes.starts(with: "%PDF-".utf8))
    #expect(bytes.count > 10_000)
  }

  @Test(arguments: [360, 1024, 1920]) func `no page scrolls sideways, and no text is tiny`(
    width: Int
  )
    throws
  {
    for inputs in Self.inputs {
      let folder = try TemporaryFolder()
      _ = try measured(try report(inputs, in: folder), in: folder)
      // Chromium's window is no narrower than 500 pixels: a frame is.
      let frame = try folder.write(
        "frame.html",
        """
        <body style='margin:0'><iframe style='border:0;width:\(width)px;height:900px'
        src='measured.html' onload="document.title=this.contentDocument.title"></iframe>
        """.utf8)
      let page = try Browser.run([
        "--allow-file-access-from-files", "--window-size=2000,1000", "--dump-dom",
        "file://\(frame)",
      ])
      let found = try #require(
        page.firstMatch(of: /W([0-9]+) S([0-9]+) small([0-9]+) bad([0-9]+)/), "\(page.prefix(300))")
      #expect(Int(found.2)! <= Int(found.1)!, "\(inputs): \(found.0)")
      #expect(found.3 == "0", "\(inputs): \(found.0)")
      #expect(found.4 == "0")
    }
  }
}

/// Chromium without a window.
private enum Browser {
  private static let path = "/usr/bin/chromium"
  static let isThere = FileManager.default.isExecutableFile(atPath: path)

  /// What it printed, errors included.
  static func run(_ arguments: [String]) throws -> String {
    let profile = try TemporaryFolder()
    let common = [
      "60", path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
      "--disable-background-networking", "--user-data-dir=\(profile.path)",
    ]
    let result = try #require(Tool.run("/usr/bin/timeout", common + arguments))
    #expect(result.status == 0, "\(result.output.suffix(500))")
    return result.output
  }
}
