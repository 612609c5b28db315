import KmemAnalysis
import KmemParsers

extension Shortage {
  /// Whose most of the zones is that are listed whole, where the log lacks the numbers of all memory; nothing
  /// where nobody has half of it.
  var zoneWords: String? {
    let zones = report.memory.zones.filter { $0.amounts["managed"] != nil }
    let managed = Self.bytes("managed", of: zones)
    guard total == nil, managed > 0 else { return nil }
    let parts: [(String, Int64)] = [
      (
        "programs had",
        Self.bytes("active_anon", of: zones).plus(Self.bytes("inactive_anon", of: zones))
      ),
      ("programs had locked (mlock)", Self.bytes("mlocked", of: zones)),
      (
        "files had",
        Self.bytes("active_file", of: zones).plus(Self.bytes("inactive_file", of: zones))
      ),
    ]
    guard let largest = parts.max(by: { $0.1 < $1.1 }), largest.1 >= managed / 2 else { return nil }
    let names = zones.map(\.name).joined(separator: ", ")
    return "; of the \(Amount.short(managed)) of zones \(names), \(largest.0) "
      + "\(Amount.short(largest.1)) (\(Amount.percent(Double(largest.1) / Double(managed))))"
  }

  private static func bytes(_ name: String, of zones: [ShowMem.Zone]) -> Int64 {
    zones.sum { Int64(clamping: min($0.amounts[name] ?? 0, 1 << 50)) << 10 }
  }
}
