internal import KmemParsers
package import KmemSnapshot

/// Takes secrets out of a capture before it's given away: `--redact`.
///
/// Addresses become ordinals, the same address the same ordinal in every file, so that identity is
/// kept. Contents of leaked objects and the kernel's command line are dropped. Names stay.
package struct Redaction {
  private var ordinals: [[UInt8]: Int] = [:]

  /// A redaction that has met no address yet.
  package init() {}

  /// The secrets of the files that declare any, by path.
  private static let declared = Dictionary(
    uniqueKeysWithValues: KernelFiles.all.filter { $0.secrets != .none }
      .map { ($0.path, $0.secrets) })

  /// What is secret in a file: as it declares, else addresses in whatever debugfs and logs print.
  private static func secrets(in path: String) -> Secrets {
    if let secrets = declared[path] { return secrets }
    let mayTellAddresses =
      path.hasPrefix("sys/kernel/debug/") || path == PageOwnerStacks.derived
      || path.hasPrefix("var/log/") || path.contains("dmesg")
    return mayTellAddresses ? .addresses : .none
  }

  /// The capture without its secrets, and with a manifest that says so.
  package mutating func redacted(_ capture: Capture) -> Capture {
    var result = capture
    for path in capture.sources.keys.sorted() {
      guard var reading = capture.sources[path] else { continue }
      if Capture.process(of: path) != nil {
        result.sources[path] = Self.withoutSecrets(ofProcess: path, reading)
        continue
      }
      switch Self.secrets(in: path) {
      case .everything where reading.outcome == .read:
        reading = SourceReading(outcome: .skipped, reason: "taken out by --redact")
      case .addresses: reading.bytes = withoutSecrets(reading.bytes)
      case .everything, .none: break
      }
      result.sources[path] = reading
      result.manifest?.sources[path] = Manifest.Source(reading)
    }
    result.manifest?.isRedacted = true
    return result
  }

  /// The text without hex dumps, and with ordinals for addresses.
  mutating func withoutSecrets(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    where !Self.isHexDump(line) {
      result += withOrdinals(line)
      result.append(UInt8(ascii: "\n"))
    }
    if !result.isEmpty { result.removeLast() }
    return result
  }

  /// Whether the line has four or more pairs of hexadecimal digits in a row, as a dump has.
  private static func isHexDump(_ line: ArraySlice<UInt8>) -> Bool {
    var pairs = 0
    for word in line.split(separator: UInt8(ascii: " ")) {
      pairs = word.count == 2 && word.allSatisfy(isHexDigit) ? pairs + 1 : 0
      if pairs == 4 { return true }
    }
    return false
  }

  private mutating func withOrdinals(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex {
      let end = line[index...].firstIndex { !Self.isHexDigit($0) } ?? line.endIndex
      let digits = line[index..<end]
      if Self.isAddress(digits, after: line[..<index], before: line[end...]) {
        result += ordinal(for: digits)
      } else {
        result += digits
      }
      if end < line.endIndex { result.append(line[end]) }
      index = end < line.endIndex ? end + 1 : end
    }
    return result
  }

  /// Eight or more digits after `0x`, or sixteen, or eight that can only be a kernel address.
  private static func isAddress(
    _ digits: ArraySlice<UInt8>, after start: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>
  ) -> Bool {
    guard digits.contains(where: { $0 != UInt8(ascii: "0") }) else { return false }
    if start.suffix(2).elementsEqual("0x".utf8) { return digits.count >= 8 }
    guard !(start.last.map(isWordByte) ?? false), !(rest.first.map(isWordByte) ?? false),
      !start.suffix(4).elementsEqual("crc ".utf8)
    else { return false }
    return digits.count == 16 || digits.count == 8 && (digits.first ?? 0) >= UInt8(ascii: "c")
  }

  /// The ordinal of the address, with as many digits.
  private mutating func ordinal(for digits: ArraySlice<UInt8>) -> [UInt8] {
    let key = Array(digits.drop { $0 == UInt8(ascii: "0") })
    let number = ordinals[key] ?? ordinals.count + 1
    ordinals[key] = number
    let text = Array(String(number, radix: 16).utf8)
    return Array(repeating: UInt8(ascii: "0"), count: max(0, digits.count - text.count)) + text
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10
      || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}
