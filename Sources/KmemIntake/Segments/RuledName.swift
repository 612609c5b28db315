internal import KmemParsers

/// A name between two lines of dashes, as dshbak and clush print it above what a machine answered.
struct RuledName {
  private var isBelowRule = false
  private var name: String?

  /// The machine, once the line is the rule below its name.
  mutating func take(_ line: Span<UInt8>) -> String? {
    guard Self.isRule(line) else {
      let word = isBelowRule ? line.shortText?.trimming(\.isWhitespace) : nil
      name = word.flatMap { MachineName.name($0) }
      isBelowRule = false
      return nil
    }
    isBelowRule = true
    defer { name = nil }
    return name
  }

  private static func isRule(_ line: Span<UInt8>) -> Bool {
    guard line.count >= 8, line.count < 200 else { return false }
    for index in line.indices where line[index] != UInt8(ascii: "-") { return false }
    return true
  }
}
