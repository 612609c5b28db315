import Foundation
import KmemTestSupport
import Testing

/// The numbers of a report, held against what the verbs give as JSON, as samples and as folded stacks.
@Suite struct ReportNumbersTests {
  /// What goes into a report, and the commands that have its numbers.
  struct Case: Sendable {
    let inputs: [String]
    let commands: [[String]]

    static func one(_ tree: String, folded: [String] = []) -> Case {
      let verbs = [
        ["show", "--json"], ["top", "processes", "--json"], ["top", "cgroups", "--json"],
      ]
      return Case(
        inputs: [tree],
        commands: (verbs + folded.map { ["show", "--folded", $0] }).map { $0 + [tree] })
    }

    static func two(_ before: String, _ after: String, folded: [String] = []) -> Case {
      Case(
        inputs: [before, after],
        commands: [["diff", "--json", before, after]]
          + folded.map { ["diff", "--folded", $0, before, after] } + one(after).commands)
    }
  }

  private static let cases = [
    Case.one("captures/6.18-guest-after"), .one("synthetic/6.1-numa-17-orders"),
    .two("captures/6.1-kmalloc-before.tar.zst", "captures/6.1-kmalloc-after.tar.zst"),
    .two(
      "captures/6.12-pages-before.tar.zst", "captures/6.12-pages-after.tar.zst",
      folded: ["allocinfo"]),
    .two(
      "synthetic/6.12-allocinfo-before", "synthetic/6.12-allocinfo-after", folded: ["allocinfo"]),
    Case(
      inputs: ["history/mebibyte-an-hour.sqlite"],
      commands: [
        ["watch", "--json", "--replay", "history/mebibyte-an-hour.sqlite"],
        ["export", "--ndjson", "history/mebibyte-an-hour.sqlite"],
      ]),
    Case(
      inputs: ["programs/valgrind-full.txt"],
      commands: [
        ["leaks", "--json", "programs/valgrind-full.txt"],
        ["leaks", "--folded", "programs/valgrind-full.txt"],
      ]),
  ]

  @Test(arguments: cases) func `each amount in a report is one that a verb gives to programs`(
    of one: Case
  ) throws {
    let known = try KnownNumbers(one.commands.map(output))
    let report = try output(["report", "-o", "-"] + one.inputs)
    let amounts = Self.amounts(in: report)
    #expect(amounts.count > 5)
    for amount in amounts { #expect(known.hold(amount), "\(amount.words)") }
  }

  private func output(_ command: [String]) throws -> String {
    let words = command.map { $0.contains("/") ? Fixture.path($0) : $0 }
    return try Program().run(arguments: words, user: .whoeverTests).output
  }

  /// An amount in words, what it comes to, and how far rounding may have moved it.
  struct ShownAmount {
    let words: String
    let value: Double
    let error: Double
  }

  /// The amounts of a report, without the names of levels, which are those of an axis.
  static func amounts(in report: String) -> [ShownAmount] {
    let text = report.replacing(/<style>[^<]*<\/style>/, with: "")
      .replacing(/<text[^>]*class="tick[^>]*>[^<]*</, with: "<").replacing(/<[^>]*>/, with: "|")
      .replacing("\u{A0}", with: " ")
    let sizes: [Substring: Double] = [
      "B": 1, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
    ]
    return text.matches(of: /(\d[\d ]*(?:\.\d)?) ([KMGT]iB|B)(?:\/(h|min|s))?\b/).map { match in
      let number = Double(match.1.replacing(" ", with: "")) ?? 0
      let size = sizes[match.2] ?? 1
      return ShownAmount(
        words: String(match.0), value: number * size, error: size == 1 ? 0.5 : size * 0.0501)
    }
  }
}

/// All numbers in documents for programs, and the sums of folded stacks below each of their functions.
private struct KnownNumbers {
  private var sorted: [Double] = []

  init(_ documents: [String]) throws {
    var found: Set<Double> = []
    for document in documents {
      if document.hasPrefix("{") {
        for line in try Self.values(document) { Self.collect(line, &found) }
      } else {
        found.formUnion(Self.sums(document))
      }
    }
    sorted = found.sorted()
  }

  /// Whether a number is there that may have been rounded to this one; rates are by the hour, as
  /// programs get them by the second.
  func hold(_ amount: ReportNumbersTests.ShownAmount) -> Bool {
    [1.0, 3600, 60].contains { scale in
      let index = sorted.partition { $0 * scale >= amount.value - amount.error }
      return index < sorted.count && sorted[index] * scale <= amount.value + amount.error
    }
  }

  /// One document, or one a line.
  private static func values(_ text: String) throws -> [Any] {
    if let whole = try? JSONSerialization.jsonObject(with: Data(text.utf8)) { return [whole] }
    return try text.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8))
    }
  }

  private static func collect(_ value: Any, _ found: inout Set<Double>) {
    switch value {
    case let members as [String: Any]: for member in members.values { collect(member, &found) }
    case let members as [Any]: for member in members { collect(member, &found) }
    case let number as NSNumber: found.insert(abs(number.doubleValue))
    case let text as String:
      // Sentences have numbers of their own.
      for amount in ReportNumbersTests.amounts(in: text) { found.insert(amount.value) }
      for match in text.matches(of: /\d+/) { found.insert(Double(match.0) ?? 0) }
    default: break
    }
  }

  /// What each function holds with those below it; of two moments also what it gained.
  private static func sums(_ folded: String) -> Set<Double> {
    var sums: [String: (before: Double, now: Double)] = [:]
    for line in folded.split(separator: "\n") {
      let words = line.split(separator: " ")
      let columns = words.dropFirst().compactMap { Double($0) }
      guard let stack = words.first, let now = columns.last else { continue }
      let frames = stack.split(separator: ";")
      for count in 0...frames.count {
        let sum = sums[frames.prefix(count).joined(separator: ";"), default: (0, 0)]
        let before = columns.count > 1 ? columns[0] : 0
        sums[frames.prefix(count).joined(separator: ";")] = (sum.before + before, sum.now + now)
      }
    }
    return Set(sums.values.flatMap { [$0.now, abs($0.now - $0.before)] })
  }
}

extension [Double] {
  /// The first place at which the predicate holds, of sorted numbers.
  fileprivate func partition(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
