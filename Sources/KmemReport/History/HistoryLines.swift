package import KmemAnalysis
internal import KmemSnapshot

/// Recorded values as lines, of JSON or of CSV (RFC 4180).
///
/// Six of the nine fields are a series' own, and two are the moment's: both are made once, since a history has
/// millions of values. `Source` tells which series of which boot a value is of.
package struct HistoryLines<Source: Hashable> {
  private let form: HistoryForm
  private var heads: [Source: [UInt8]] = [:]
  private var moment: (time: Int64, wall: Int64?, text: [UInt8])?

  /// Makes lines of that form.
  package init(_ form: HistoryForm) { self.form = form }

  /// Appends the line of a value, with its newline.
  ///
  /// `time` is in nanoseconds since boot, `wall` in seconds since 1970 UTC; `naming` is asked once a source.
  package mutating func append(
    _ source: Source, time: Int64, wall: Int64?, value: Int64?, to bytes: inout [UInt8],
    naming: () -> HistoryNames
  ) {
    if heads[source] == nil { heads[source] = form.head(naming()) }
    bytes += heads[source] ?? []
    if moment?.time != time || moment?.wall != wall {
      moment = (time, wall, form.moment(time: time, wall: wall))
    }
    bytes += moment?.text ?? []
    form.append(value, to: &bytes)
  }
}

/// What all values of a series have in common, within a boot.
package struct HistoryNames {
  private let bootID: String
  private let hostname: String?
  private let series: SeriesID

  /// The names of a series.
  package init(bootID: String, hostname: String?, series: SeriesID) {
    self.bootID = bootID
    self.hostname = hostname
    self.series = series
  }

  /// The fields with their titles.
  fileprivate var fields: [(title: String, text: String?)] {
    [
      ("boot", bootID), ("host", hostname), ("kind", series.kind.rawValue), ("id", series.key),
      ("title", series.title), ("unit", unitName),
    ]
  }

  private var unitName: String {
    switch series.unit {
    case .bytes, .addressSpace: "bytes"
    case .count(let things): things.rawValue
    }
  }
}

/// The forms that lines of a history have.
package enum HistoryForm: Sendable {
  case ndjson, csv

  /// What stands before all lines.
  package var titles: String {
    self == .csv ? "boot,host,kind,id,title,unit,seconds,time,value\n" : ""
  }

  fileprivate func head(_ names: HistoryNames) -> [UInt8] {
    let text =
      switch self {
      case .csv: names.fields.map { Self.cell(ofName: $0.text ?? "") + "," }.joined()
      case .ndjson:
        "{"
          + names.fields.map { "\"\($0.title)\":\($0.text.map(JSONEscapes.quoted) ?? "null")," }
          .joined()
          + "\"seconds\":"
      }
    return Array(text.utf8)
  }

  fileprivate func moment(time: Int64, wall: Int64?) -> [UInt8] {
    let date = wall.flatMap { Dates.iso(Double($0)) }
    let text =
      switch self {
      case .csv: "\(Self.seconds(time)),\(date ?? ""),"
      case .ndjson:
        "\(Self.seconds(time)),\"time\":\(date.map(JSONEscapes.quoted) ?? "null"),\"value\":"
      }
    return Array(text.utf8)
  }

  fileprivate func append(_ value: Int64?, to bytes: inout [UInt8]) {
    if let value {
      bytes.append(contentsOf: String(value).utf8)
    } else if self == .ndjson {
      bytes.append(contentsOf: "null".utf8)
    }
    if self == .ndjson { bytes.append(UInt8(ascii: "}")) }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Seconds since boot with milliseconds.
  private static func seconds(_ time: Int64) -> String {
    let milliseconds = max(0, time) / 1_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  /// A cell of CSV: a name that a spreadsheet would take for a formula begins with an apostrophe, as
  /// spreadsheets themselves mark text.
  private static func cell(ofName name: String) -> String {
    let safe = TerminalText.safe(name)
    let isFormula = safe.first.map { "=+-@".contains($0) } ?? false
    return quoted(isFormula ? "'" + safe : safe)
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = !field.unicodeScalars.contains { ",\"".unicodeScalars.contains($0) }
    return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
