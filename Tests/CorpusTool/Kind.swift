import KmemParsers

/// A kind of kernel file: how to tell it by its path, and what its parser makes of a text.
struct Kind: Sendable {
  let name: String
  /// What the parser made of the text, or why it refused it.
  let parse: @Sendable ([UInt8]) throws(ParseError) -> Parsed
  /// Whether a line looks like one record, told without the parser.
  let looksLikeRow: @Sendable (String) -> Bool

  struct Parsed {
    let rows: Int
    let remarks: [Remark]
  }

  /// The kind of a file, by its name, its extension, a word in its name, or its folder.
  static func of(_ path: String) -> Kind? {
    let steps = path.split(separator: "/").map(String.init)
    guard let name = steps.last, !name.hasSuffix(".json"), name != "README.md" else { return nil }
    let folder = steps.dropLast().last ?? ""
    if folder == "pressure" || name.hasSuffix(".pressure") {
      return all.first { $0.name == "pressure" }
    }
    if isLeakReport(path), folder != "allocinfo", folder != "vmallocinfo" { return nil }
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    return all.first { $0.name == folder } ?? all.first { words.contains($0.name) }
  }

  /// Reports and logs, which have no parser of their own yet.
  static func isLeakReport(_ path: String) -> Bool {
    path.contains("/kmemleak/") || path.hasPrefix("kmemleak/") || path.hasSuffix(".kmemleak")
  }
}

extension Kind {
  /// A kind whose files the type parses.
  private init<File: CapturedFile>(
    _ name: String, _ type: File.Type, looksLikeRow: @escaping @Sendable (String) -> Bool
  ) {
    self.name = name
    self.looksLikeRow = looksLikeRow
    parse = { bytes throws(ParseError) in
      let file = try File(parsing: bytes.span)
      return Parsed(rows: file.recordCount, remarks: file.remarks)
    }
  }

  static let all = [
    Kind("meminfo", Meminfo.self) { line in
      let value = line.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
      return words(value).first.map { UInt64($0) != nil } ?? false
    },
    Kind("vmstat", Vmstat.self) { words($0).count == 2 && UInt64(words($0)[1]) != nil },
    Kind("buddyinfo", Buddyinfo.self) { $0.hasPrefix("Node ") },
    Kind("zoneinfo", Zoneinfo.self) { $0.hasPrefix("Node ") },
    Kind("slabinfo", Slabinfo.self) { $0.contains(": slabdata ") && !$0.contains("<") },
    Kind("pagetypeinfo", Pagetypeinfo.self) { $0.contains(", type ") },
    Kind("vmallocinfo", Vmallocinfo.self) { $0.hasPrefix("0x") && $0.contains("-0x") },
    Kind("allocinfo", Allocinfo.self) { $0.contains(" func:") },
    Kind("modules", Modules.self) { words($0).count >= 3 },
    Kind("pressure", Pressure.self) { $0.contains(" avg10=") },
    Kind("config", KernelConfig.self) { $0.contains("CONFIG_") },
  ]

  private static func words(_ text: some StringProtocol) -> [Substring] {
    String(text).split { $0 == " " || $0 == "\t" }
  }
}

/// What the parsers have in common.
private protocol CapturedFile: SendableMetatype {
  init(parsing text: Span<UInt8>) throws(ParseError)
  var recordCount: Int { get }
  var remarks: [Remark] { get }
}

extension Meminfo: CapturedFile { var recordCount: Int { entries.count } }
extension Vmstat: CapturedFile { var recordCount: Int { entries.count } }
extension Buddyinfo: CapturedFile { var recordCount: Int { rows.count } }
extension Zoneinfo: CapturedFile { var recordCount: Int { zones.count } }
extension Slabinfo: CapturedFile { var recordCount: Int { caches.count } }
extension Pagetypeinfo: CapturedFile { var recordCount: Int { freeRows.count } }
extension Vmallocinfo: CapturedFile { var recordCount: Int { areas.count } }
extension Allocinfo: CapturedFile { var recordCount: Int { tags.count } }
extension Modules: CapturedFile { var recordCount: Int { modules.count } }
extension Pressure: CapturedFile {
  var recordCount: Int { [some, full].compactMap { $0 }.count }
}
extension KernelConfig: CapturedFile { var recordCount: Int { settings.count } }
