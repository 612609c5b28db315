internal import KmemSnapshot

extension Redaction {
  /// The file of a process without its secrets; nil if the whole file is one, as a command line.
  ///
  /// Addresses are secrets because they help attackers of the process.
  static func withoutSecrets(ofProcess path: String, _ reading: SourceReading) -> SourceReading? {
    var reading = reading
    switch path.split(separator: "/").last {
    case "cmdline": return nil
    case "stat": reading.bytes = withoutAddresses(stat: reading.bytes)
    case "smaps", "smaps_rollup": reading.bytes = withoutAddresses(smaps: reading.bytes)
    default: break
    }
    return reading
  }

  /// The fields of `stat` that are addresses, counted as the manual page does, from 1.
  private static let addresses: Set<Int> = [26, 27, 28, 29, 30, 45, 46, 47, 48, 49, 50, 51]

  private static func withoutAddresses(stat text: [UInt8]) -> [UInt8] {
    guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return text }
    let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
    let kept = fields.enumerated().map { index, field in
      addresses.contains(index + 3) ? [UInt8(ascii: "0")] : Array(field)
    }
    return text[...end] + [UInt8(ascii: " ")] + Array(kept.joined(separator: " ".utf8))
  }

  /// The text with each mapping at an address that tells its size and nothing else.
  private static func withoutAddresses(smaps text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      result += header(line) ?? Array(line)
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  private static func header(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
    guard words.count == 2, !words[0].contains(UInt8(ascii: ":")) else { return nil }
    let ends = words[0].split(separator: UInt8(ascii: "-")).map {
      UInt64(String(decoding: $0, as: UTF8.self), radix: 16)
    }
    guard ends.count == 2, let start = ends[0], let end = ends[1], end >= start else { return nil }
    return Array("00000000-\(String(end - start, radix: 16)) ".utf8) + words[1]
  }
}
