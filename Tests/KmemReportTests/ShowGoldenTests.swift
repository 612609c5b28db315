import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemReport
import KmemSnapshot

@Suite struct ShowGoldenTests {
  private func name(_ fixture: String) -> String {
    String(fixture.split(separator: "/").last ?? "")
  }

  @Test(arguments: Fixture.all, widths) func `text`(fixture: String, width: Int) throws {
    let health = Health(try Fixture.snapshot(fixture))
    let text = ShowText(health, style: Style(isColored: false, width: width), isVerbose: false).text
    expectGolden("show/\(name(fixture)).\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: "))
  }

  @Test(arguments: Fixture.all) func `JSON`(fixture: String) throws {
    let health = Health(try Fixture.snapshot(fixture))
    expectGolden("show/\(name(fixture)).json", ShowJSON.document(health).text)
  }

  @Test func `everything, into a pipe`() throws {
    let health = Health(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let text = ShowText(health, style: .plain, isVerbose: true).text
    expectGolden("show/6.12-allocinfo-after.verbose.txt", text)
    expectDecency(text, width: nil)
  }

  @Test func `in colour`() throws {
    let health = Health(try Fixture.snapshot("synthetic/6.1-numa-17-orders"))
    let style = Style(isColored: true, width: 80)
    expectGolden(
      "show/6.1-numa-17-orders.80.color.txt",
      ShowText(health, style: style, isVerbose: false).text)
  }

  @Test func `colour adds nothing but colour`() throws {
    for fixture in Fixture.all {
      let health = Health(try Fixture.snapshot(fixture))
      let plain = ShowText(health, style: Style(isColored: false, width: 80), isVerbose: false).text
      let colored = ShowText(health, style: Style(isColored: true, width: 80), isVerbose: false)
        .text
      #expect(colored.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
    }
  }

  @Test(arguments: Fixture.all, [80, 160])
  func `everything fits too`(fixture: String, width: Int) throws {
    let health = Health(try Fixture.snapshot(fixture))
    expectDecency(
      ShowText(health, style: Style(isColored: false, width: width), isVerbose: true).text,
      width: width)
  }
}
