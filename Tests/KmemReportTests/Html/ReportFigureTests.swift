import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// What is drawn, against the documents and the limits of a document's size.
@Suite struct ReportFigureTests {
  private func numbers(_ value: JSONValue, _ found: inout Set<Int64>) {
    switch value {
    case .int(let number): found.insert(number)
    case .array(let values): for value in values { numbers(value, &found) }
    case .object(let members): for value in members.values { numbers(value, &found) }
    default: break
    }
  }

  private func bars(_ page: TextPage) -> [BarFigure] {
    page.blocks.compactMap { block in
      guard case .figure(.bars(let figure)) = block else { return nil }
      return figure
    }
  }

  @Test(arguments: ["synthetic/6.1-numa-17-orders", "synthetic/6.12-allocinfo-after"])
  func `each amount that is drawn of a moment is in its document`(name: String) throws {
    let health = Health(MemoryModel(try Fixture.snapshot(name)))
    var known: Set<Int64> = []
    numbers(ShowJSON.document(health), &known)
    let figures = bars(ShowText(health, style: .pictures, isVerbose: true).written)
    #expect(figures.count > 2)
    for figure in figures where figure.whole != 100 {
      for row in figure.rows {
        for amount in row.parts.map(\.amount) + row.marks.map(\.amount) {
          #expect(known.contains(Int64(amount)), "\(figure.title): \(row.label) \(amount)")
        }
      }
    }
  }

  @Test func `fragmentation is drawn as the table has it`() throws {
    let health = Health(MemoryModel(try Fixture.snapshot("synthetic/6.1-numa-17-orders")))
    let page = ShowText(health, style: .pictures, isVerbose: true).written
    let figure = try #require(bars(page).first { $0.whole == 100 })
    for row in figure.rows {
      let zone = try #require(
        health.zones.first { row.label.hasPrefix($0.name + ",") }?.fragmentation)
      let order = try #require(row.label.split(separator: " ").last.flatMap { Int($0) })
      #expect(row.words == "\(zone.unusableIndex(order: order) / 10) %")
    }
  }

  @Test func `a flame graph of very many stacks stays small, and keeps the widest`() {
    let callees = (0..<20_000).map { number in
      FlameFigure.Node(
        name: "f\(number)", bytes: number == 7 ? 1 << 30 : 4096, words: "f\(number)", callees: [])
    }
    let root = FlameFigure.Node(
      name: "all", bytes: callees.reduce(0) { $0 + $1.bytes }, words: "all", callees: callees)
    let text = FlameFigure(title: "x", root: root).markup
    #expect(text.utf8.count < 200_000)
    #expect(text.contains(">f7<"))
  }

  @Test func `nothing is drawn of amounts that are zero or no number`() {
    let row = BarFigure.Row(
      label: "a", words: "0", parts: [BarFigure.Part(amount: 0, hue: .first, words: "a")])
    let bars = BarFigure(title: "a", rows: [row], whole: 0)
    let root = FlameFigure.Node(name: "all", bytes: 0, words: "all", callees: [])
    let course = CourseFigure(
      title: "a", rate: "", points: [CourseFigure.Point(time: .nan, low: .infinity, high: .nan)],
      floors: [], line: [], band: [], levels: [], times: [], numbers: [])
    let text = SVGFile([.bars(bars), .flames(FlameFigure(title: "f", root: root)), .course(course)])
      .text
    #expect(!text.lowercased().contains("nan") && !text.contains("inf"))
  }

  @Test func `a control group's bar is its memory, by what it holds`() throws {
    let snapshot = Snapshot(Self.groups)
    let top = try #require(CgroupTop(snapshot))
    guard case .bars(let figure)? = top.figure() else { return #expect(Bool(false)) }
    let row = try #require(figure.rows.first { $0.label.hasSuffix("db.service") })
    #expect(row.parts.reduce(0) { $0 + $1.amount } == Double(10 << 20))
    #expect(row.parts.first?.words == "db.service: 1.0 MiB kernel")
  }

  /// One group of version 2 that is charged for 10 MiB.
  private static let groups: Capture = {
    var capture = Capture(origin: "typed", kind: .directory)
    let base = "sys/fs/cgroup/db.service/memory"
    let texts = [
      "\(base).current": "10485760\n",
      "\(base).stat": "anon 4194304\nfile 3145728\nkernel 1048576\nslab 524288\n",
    ]
    for (path, text) in texts {
      capture.sources[path] = SourceReading(outcome: .read, bytes: Array(text.utf8))
    }
    return capture
  }()

  @Test func `stacks of two moments tell what each gained`() throws {
    let before = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-before"))
    let after = MemoryModel(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let stacks = try #require(FoldedStacks(.allocinfo, of: after))
    let text = StacksText(
      stacks, since: FoldedStacks(.allocinfo, of: before), of: .allocinfo, style: .pictures
    ).written
    let table = text.blocks.compactMap { block -> Table? in
      guard case .table(let table) = block else { return nil }
      return table
    }
    let first = try #require(table.first?.rows.first)
    #expect(first[0].text.hasPrefix("+"))
    #expect(text.blocks.contains { if case .figure(.flames) = $0 { true } else { false } })
  }
}
