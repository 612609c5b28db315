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
  static let all = [
    Kind(name: "meminfo", parse: meminfo) { line in
      let value = line.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
      return words(value).first.map { UInt64($0) != nil } ?? false
    },
    Kind(name: "vmstat", parse: vmstat) { words($0).count == 2 && UInt64(words($0)[1]) != nil },
    Kind(name: "buddyinfo", parse: buddyinfo) { $0.hasPrefix("Node ") },
    Kind(name: "zoneinfo", parse: zoneinfo) { $0.hasPrefix("Node ") },
    Kind(name: "slabinfo", parse: slabinfo) { $0.contains(": slabdata ") && !$0.contains("<") },
    Kind(name: "pagetypeinfo", parse: pagetypeinfo) { $0.contains(", type ") },
    Kind(name: "vmallocinfo", parse: vmallocinfo) { $0.hasPrefix("0x") && $0.contains("-0x") },
    Kind(name: "allocinfo", parse: allocinfo) { $0.contains(" func:") },
    Kind(name: "modules", parse: modules) { words($0).count >= 3 },
    Kind(name: "pressure", parse: pressure) { $0.contains(" avg10=") },
    Kind(name: "config", parse: config) { $0.contains("CONFIG_") },
  ]

  private static func words(_ text: some StringProtocol) -> [Substring] {
    String(text).split { $0 == " " || $0 == "\t" }
  }

  // The kinds have no protocol in common: each parser is called by its own name.
  private static func meminfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Meminfo(parsing: bytes.span)
    return Parsed(rows: file.entries.count, remarks: file.remarks)
  }

  private static func vmstat(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Vmstat(parsing: bytes.span)
    return Parsed(rows: file.entries.count, remarks: file.remarks)
  }

  private static func buddyinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Buddyinfo(parsing: bytes.span)
    return Parsed(rows: file.rows.count, remarks: file.remarks)
  }

  private static func zoneinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Zoneinfo(parsing: bytes.span)
    return Parsed(rows: file.zones.count, remarks: file.remarks)
  }

  private static func slabinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Slabinfo(parsing: bytes.span)
    return Parsed(rows: file.caches.count, remarks: file.remarks)
  }

  private static func pagetypeinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Pagetypeinfo(parsing: bytes.span)
    return Parsed(rows: file.freeRows.count, remarks: file.remarks)
  }

  private static func vmallocinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Vmallocinfo(parsing: bytes.span)
    return Parsed(rows: file.areas.count, remarks: file.remarks)
  }

  private static func allocinfo(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Allocinfo(parsing: bytes.span)
    return Parsed(rows: file.tags.count, remarks: file.remarks)
  }

  private static func modules(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Modules(parsing: bytes.span)
    return Parsed(rows: file.modules.count, remarks: file.remarks)
  }

  private static func pressure(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try Pressure(parsing: bytes.span)
    return Parsed(rows: [file.some, file.full].compactMap { $0 }.count, remarks: file.remarks)
  }

  private static func config(_ bytes: [UInt8]) throws(ParseError) -> Parsed {
    let file = try KernelConfig(parsing: bytes.span)
    return Parsed(rows: file.settings.count, remarks: file.remarks)
  }
}
