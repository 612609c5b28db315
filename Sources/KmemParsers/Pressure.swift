/// The stall times of one resource, from `/proc/pressure/{cpu,io,memory,irq}`.
///
/// Written by `kernel/sched/psi.c` since 4.20 with `CONFIG_PSI`; reading fails with EOPNOTSUPP where
/// it's switched off (`psi=0`). The per-cgroup files `*.pressure` have the same format.
package struct Pressure: Hashable, Sendable {
  /// One line of the file: shares of time, and the time itself.
  package struct Line: Hashable, Sendable {
    /// The share of the last 10 seconds, in percent.
    package let avg10: Double
    /// The share of the last 60 seconds, in percent.
    package let avg60: Double
    /// The share of the last 300 seconds, in percent.
    package let avg300: Double
    /// The time since boot in microseconds.
    package let total: UInt64
  }

  /// The time in which at least one task waited; missing in `irq`.
  package private(set) var some: Line?
  /// The time in which all tasks waited at once; missing in `cpu` up to 5.12.
  package private(set) var full: Line?
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      try self.init(parsingClean: mended.span)
    } else {
      try self.init(parsingClean: text)
    }
  }
}

extension Pressure: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/pressure/memory", words: "a file of /proc/pressure",
    example: "some avg10=0.00 avg60=0.00 avg300=0.00 total=0", title: "pressure",
    marks: [TextMark(.usual, line: "some avg10=")])
}

extension Pressure {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      var fields = Fields(line)
      guard let kind = fields.next(), kind.equals("some") || kind.equals("full") else {
        remarks.note(
          line: lines.number, "no line of this file: it begins with neither some nor full")
        continue
      }
      guard let values = Line(&fields) else {
        remarks.note(
          line: lines.number, "\(kind.text) lacks a value or has one that isn't a number")
        continue
      }
      if kind.equals("some") {
        add(values, to: \.some, line: lines.number)
      } else {
        add(values, to: \.full, line: lines.number)
      }
    }
    guard some != nil || full != nil else {
      throw Self.file.refusal(of: text)
    }
  }

  private mutating func add(_ values: Line, to place: WritableKeyPath<Self, Line?>, line: Int) {
    guard self[keyPath: place] == nil else {
      return remarks.note(line: line, "the line occurs again; the first one counts")
    }
    self[keyPath: place] = values
  }
}

extension Pressure.Line {
  /// Reads the `key=value` fields up to the end of the line, in any order.
  fileprivate init?(_ fields: inout Fields) {
    var averages: [Double?] = [nil, nil, nil]
    var total: UInt64?
    while let field = fields.next() {
      if field.starts(with: "avg10=") {
        averages[0] = Self.percent(field.extracting(6..<field.count))
      } else if field.starts(with: "avg60=") {
        averages[1] = Self.percent(field.extracting(6..<field.count))
      } else if field.starts(with: "avg300=") {
        averages[2] = Self.percent(field.extracting(7..<field.count))
      } else if field.starts(with: "total=") {
        total = field.extracting(6..<field.count).decimal
      }
    }
    guard let avg10 = averages[0], let avg60 = averages[1], let avg300 = averages[2], let total
    else { return nil }
    self.init(avg10: avg10, avg60: avg60, avg300: avg300, total: total)
  }

  /// A number with at most three digits before the point and two after it, as `%lu.%02lu` prints.
  private static func percent(_ field: Span<UInt8>) -> Double? {
    guard let point = field.offset(of: "."), field.count == point + 3,
      let whole = field.extracting(0..<point).decimal, whole < 1000,
      let hundredths = field.extracting((point + 1)..<field.count).decimal
    else { return nil }
    return Double(whole * 100 + hundredths) / 100
  }
}
