/// The sizes of the cache of ZFS as `arc_summary` prints them, in the words of any of its releases.
///
/// It divides the bytes of `/proc/spl/kstat/zfs/arcstats` and rounds to a decimal or two.
package struct ArcSummary: Hashable, Sendable {
  /// The amounts by the value of arcstats that they are made of.
  package private(set) var amounts: [Arcstats.Key: PrintedAmount] = [:]
  /// What was passed over: nothing, as most of its lines tell of hits.
  package private(set) var remarks: [Remark] = []

  /// Parses what the command printed, or the part of it that somebody copied.
  ///
  /// - Throws: `ParseError` if no line of the text has the cache's size.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension ArcSummary: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/arc_summary", words: "arc_summary",
    example: "ARC size (current):                   100.0 %   62.8 GiB",
    nameWord: "arc_summary",
    marks: [
      TextMark(.unmistakable, within: "ARC size (current):"),
      TextMark(.typical, within: "ARC status:"), TextMark(.typical, within: "ARC Size:"),
    ], isLive: false)
}

extension ArcSummary: ToldByMarks {}

extension ArcSummary {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard let (title, key) = Self.titles.first(where: { line.starts(with: $0.0) }),
        amounts[key] == nil,
        let amount = line.extracting(title.utf8CodeUnitCount..<line.count).lastAmount
      else { continue }
      amounts[key] = amount
    }
    guard amounts[.size] != nil else { throw Self.file.refusal(of: text) }
  }

  /// What stands before the amounts: since 0.8, since 2.3, and before 0.8.
  private static let titles: [(StaticString, Arcstats.Key)] = [
    ("ARC size (current):", .size), ("Current size:", .size), ("ARC Size:", .size),
    ("Min size (hard limit):", .least), ("Min target size:", .least),
    ("Min Size (Hard Limit):", .least),
  ]
}

extension Arcstats {
  /// What the sums that arc_summary prints tell of the file.
  package init(_ summary: ArcSummary) {
    for (key, amount) in summary.amounts { values[key.rawValue] = UInt64(max(0, amount.bytes)) }
  }
}

extension Span<UInt8> {
  /// The amount at the end of the line, whose unit is a word of its own: `100.0 %   62.8 GiB`.
  fileprivate var lastAmount: PrintedAmount? {
    var (number, unit): ([UInt8], [UInt8]) = ([], [])
    var words = Fields(self)
    while let word = words.next() {
      number = unit
      unit = []
      for index in word.indices { unit.append(word[index]) }
    }
    let amount = number + unit
    return number.isEmpty ? nil : PrintedAmount(amount.span)
  }
}
