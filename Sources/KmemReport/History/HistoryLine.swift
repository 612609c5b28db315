package import KmemAnalysis

/// A recorded value as one line, of JSON or of CSV (RFC 4180).
package struct HistoryLine {
  private let bootID: String
  private let hostname: String?
  private let series: SeriesID
  private let time: Int64
  private let wall: Int64?
  private let value: Int64?

  /// Makes a line of a value; `time` is in nanoseconds since boot, `wall` in seconds since 1970
  /// UTC.
  package init(
    bootID: String, hostname: String?, series: SeriesID, time: Int64, wall: Int64?, value: Int64?
  ) {
    self.bootID = bootID
    self.hostname = hostname
    self.series = series
    self.time = time
    self.wall = wall
    self.value = value
  }

  /// The first line of a CSV file.
  package static let csvTitles = "boot,host,kind,id,title,unit,seconds,time,value\n"

  /// The value as a line of CSV, with its newline.
  package var csv: String {
    let names = [bootID, hostname ?? "", series.kind.rawValue, series.key, series.title, unitName]
    let numbers = [seconds, date ?? "", value.map(String.init) ?? ""]
    return (names.map(Self.cell) + numbers).joined(separator: ",") + "\n"
  }

  /// The value as a JSON object on one line, with its newline.
  package var json: String {
    let fields = [
      ("boot", JSONEscapes.quoted(bootID)), ("host", hostname.map(JSONEscapes.quoted) ?? "null"),
      ("kind", JSONEscapes.quoted(series.kind.rawValue)), ("id", JSONEscapes.quoted(series.key)),
      ("title", JSONEscapes.quoted(series.title)), ("unit", JSONEscapes.quoted(unitName)),
      ("seconds", seconds),
      ("time", date.map(JSONEscapes.quoted) ?? "null"), ("value", value.map(String.init) ?? "null"),
    ]
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}\n"
  }

  private var unitName: String {
    switch series.unit {
    case .bytes, .addressSpace: "bytes"
    case .count(let things): things.rawValue
    }
  }

  private var date: String? { wall.flatMap { Dates.iso(Double($0)) } }

  /// Seconds since boot with milliseconds.
  private var seconds: String {
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
