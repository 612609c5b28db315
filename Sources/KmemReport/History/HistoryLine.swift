package import KmemAnalysis

/// A recorded value as one line, of JSON or of CSV (RFC 4180).
package struct HistoryLine {
  private let bootID: String
  private let hostname: String?
  private let kind: String
  private let name: String
  private let unit: TrendUnit
  private let holder: String
  private let time: Int64
  private let wall: Int64?
  private let value: Int64?

  package init(
    bootID: String, hostname: String?, kind: String, name: String, unit: TrendUnit, holder: String,
    time: Int64, wall: Int64?, value: Int64?
  ) {
    self.bootID = bootID
    self.hostname = hostname
    self.kind = kind
    self.name = name
    self.unit = unit
    self.holder = holder
    self.time = time
    self.wall = wall
    self.value = value
  }

  package static let csvTitles = "boot,host,kind,name,unit,holder,seconds,time,value\n"

  package var csv: String {
    let fields = [
      bootID, hostname ?? "", kind, name, unitName, holder, seconds, date ?? "",
      value.map(String.init) ?? "",
    ]
    return fields.map(Self.quoted).joined(separator: ",") + "\n"
  }

  package var json: String {
    let fields = [
      ("boot", Self.string(bootID)), ("host", hostname.map(Self.string) ?? "null"),
      ("kind", Self.string(kind)), ("name", Self.string(name)), ("unit", Self.string(unitName)),
      ("holder", Self.string(holder)), ("seconds", seconds),
      ("time", date.map(Self.string) ?? "null"), ("value", value.map(String.init) ?? "null"),
    ]
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}\n"
  }

  private var unitName: String {
    switch unit {
    case .bytes: "bytes"
    case .count(let things): things
    }
  }

  private var date: String? { wall.flatMap { Dates.iso(Double($0)) } }

  /// Seconds since boot with milliseconds.
  private var seconds: String {
    let milliseconds = max(0, time) / 1_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = !field.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  /// A string of JSON; names come from strangers, and may hold any character.
  private static func string(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { json, scalar in
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
