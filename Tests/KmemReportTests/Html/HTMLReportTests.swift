import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// Names that try to be markup, to turn the direction of writing, or to end a string.
private let hostileNames = [
  "<img src=x onerror=alert(1)>", "\"><script>x</script>", "' onload='x", "&lt;b&gt;", "a\u{0}b",
  "\u{202E}gpj.exe", "\u{2066}x\u{2069}", "]]>", "-->", "</title><svg onload=x>",
  "\u{FEFF}\u{200B}",
  "</style><b>",
]

@Suite struct HTMLReportTests {
  private func report(_ parts: [HTMLReport.Part]) -> String {
    HTMLReport(title: "box", maker: "Made by a test.", parts: parts).text
  }

  private func show(_ name: String) throws -> (text: String, html: String) {
    let health = Health(MemoryModel(try Fixture.snapshot(name)))
    let page = ShowText(health, style: .pictures, isVerbose: true).written
    return (
      ShowText(health, style: .plain, isVerbose: true).text,
      report([HTMLReport.Part("Who holds memory", page)])
    )
  }

  @Test(arguments: ["synthetic/6.1-numa-17-orders", "captures/6.18-guest-after"])
  func `the verdict comes first, in the words of the text`(name: String) throws {
    let (text, html) = try show(name)
    let verdict = lastParagraph(text)
    #expect(verdict.hasPrefix("Verdict: "))
    let start = try #require(html.firstRange(of: "<p class=\"verdict"))
    let section = try #require(html.firstRange(of: "<section"))
    let words = try #require(html.firstRange(of: Markup.prose(verdict)))
    #expect(start.lowerBound < words.lowerBound && words.lowerBound < section.lowerBound)
    #expect(html.ranges(of: Markup.prose(verdict)).count == 1)
  }

  @Test(arguments: ["synthetic/6.1-numa-17-orders", "captures/6.18-guest-after"])
  func `a report loads nothing and runs nothing`(name: String) throws {
    let html = try show(name).html
    #expect(html.contains("default-src 'none'; style-src 'unsafe-inline'"))
    for word in ["<script", "http:", "https:", "url(", "@import", " src=", "<link", "javascript:"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test(arguments: [
    ("12 288 bytes", "12\u{A0}288 bytes"), ("1.5 MiB in 3 groups", "1.5\u{A0}MiB in 3 groups"),
    ("95 % sure", "95\u{A0}% sure"), ("2026-11-26 21:43:08 UTC", "2026-11-26 21:43:08 UTC"),
    ("order 3 <b>", "order 3 &lt;b&gt;"), ("", ""),
  ]) func `no line ends within a number or before its unit`(text: String, markup: String) {
    #expect(Markup.prose(text) == markup)
  }

  @Test func `each part of a bar says what it is and how much`() throws {
    let books = try #require(Books(try Fixture.snapshot("captures/6.18-guest-after")))
    guard case .bars(let figure) = books.figure else { return #expect(Bool(false)) }
    #expect(figure.markup.ranges(of: "<title>").count == figure.rows[0].parts.count)
    let sum = figure.rows[0].parts.reduce(0) { $0 + $1.amount }
    // What isn't negative adds up to all of memory, or more where a class is a negative difference.
    #expect(sum >= Double(books.total) * 0.999)
  }

  @Test func `a text has no pictures, and a report no bars of characters`() throws {
    let (text, html) = try show("captures/6.18-guest-after")
    #expect(!text.contains("<svg"))
    #expect(html.contains("<svg"))
    #expect(!html.contains("█"))
  }

  @Test(arguments: hostileNames) func `names of others stay text in every picture`(name: String) {
    let part = BarFigure.Part(amount: 1, hue: .first, words: name)
    let row = BarFigure.Row(
      label: name, words: name, parts: [part], marks: [BarFigure.Mark(amount: 1, words: name)])
    let bars = BarFigure(
      title: name, rows: [row], legend: [BarFigure.Key(hue: .first, words: name)])
    let node = FlameFigure.Node(name: name, bytes: 8, words: name, callees: [])
    let course = CourseFigure(
      title: name, rate: name, points: [], floors: [], line: [], band: [],
      levels: [CourseFigure.Tick(value: 1, words: name)],
      times: [CourseFigure.Tick(value: 1, words: name)],
      numbers: [CourseFigure.Number(when: name, low: name, high: name)])
    var page = TextPage(.pictures)
    page.heading(name, note: name)
    page.sentence(name)
    page.line(name)
    page.verdict(name, .bad)
    var table = Table([.text(name), .number(name)])
    table.add(Table.Cell(name), Table.Cell(name))
    page.add(table)
    let figures = [
      Figure.bars(bars), .flames(FlameFigure(title: name, root: node)), .course(course),
    ]
    for figure in figures { page.figure(figure) }
    let html = HTMLReport(
      title: name, maker: name, parts: [HTMLReport.Part(name, page), HTMLReport.Part(name, page)]
    ).text
    for document in [html, SVGFile(figures).text] { expectInert(document, name) }
  }

  /// The document has the tags that an ordinary name gives, and no character that acts.
  private func expectInert(_ document: String, _ name: String) {
    #expect(!document.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
    let tags = document.matches(of: /<([a-z!\/][^\s>]*)/).map { String($0.1) }
    let known = Set(
      [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3",
        "small", "p", "br", "nav", "a", "section", "div", "table", "thead", "tbody", "tr", "th",
        "td", "figure", "figcaption", "b", "span", "svg", "rect", "text", "line", "pre", "footer",
        "polyline", "polygon", "details", "summary",
      ].flatMap { [$0, "/" + $0] })
    #expect(Set(tags).isSubset(of: known), "\(Set(tags).subtracting(known))")
    #expect(!document.contains(/<[a-z]+[^>"']*\son[a-z]+=/))
    #expect(!document.contains("<img") && !document.contains("<script"))
    if name.contains("<") { #expect(!document.contains(name)) }
  }

  @Test func `a picture of processes has USS before what is shared`() throws {
    let processes = [TypedProcess(7, "<b>\u{202E}", uss: 4000), TypedProcess(8, "small", uss: 10)]
    let snapshot = Snapshot(Capture(processes: processes, beside: [:]))
    let figure = try #require(ProcessTop(snapshot)?.figure())
    guard case .bars(let bars) = figure else { return #expect(Bool(false)) }
    #expect(bars.rows[0].parts.first?.amount == 4_096_000.0)
    let svg = SVGFile([figure]).text
    #expect(svg.contains("&lt;b&gt;\\x{202e}"))
    #expect(!svg.contains("<b>"))
  }
}
