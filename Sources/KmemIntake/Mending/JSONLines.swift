internal import KmemParsers

/// The messages in the JSON that logs come in: of docker, `journalctl -o json`, `dmesg -J`, test runners.
struct JSONLines: Sendable {
  /// Whether the text is within the list that `dmesg -J` prints over many lines.
  private(set) var isOpen = false
  /// The time of the message that follows.
  private var time: String?

  mutating func undo(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index].bytes
      let start = line.span.offsetOfNonBlank(from: 0)
      if start < line.count, let found = isOpen ? member(line) : object(line, start) {
        let parts = found.split(separator: Ascii.newline, omittingEmptySubsequences: false)
        text.lines[index].stamp = isOpen ? nil : Self.stamp(line)
        text.replace(index, by: Array(parts.first ?? []), .json)
        for part in parts.dropFirst().reversed() where !part.isEmpty {
          var next = text.lines[index]
          next.bytes = Array(part)
          text.lines.insert(next, at: index + 1)
        }
      } else if start < line.count, line.span.holds("\"dmesg\": [", at: start) {
        isOpen = true
        text.replace(index, by: [], .json)
      }
      index += 1
    }
  }

  /// One member of an object of `dmesg -J`: the message with its time; nothing of the others.
  private mutating func member(_ line: [UInt8]) -> [UInt8]? {
    let text = line.span.trimmed()
    switch text[0] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"): return []
    case UInt8(ascii: "]"):
      isOpen = false
      return []
    case UInt8(ascii: "\""): break
    default: return nil
    }
    if text.starts(with: "\"time\":") {
      var value = text.extracting(7..<text.count).trimmed().words
      if value.hasSuffix(",") { value.removeLast() }
      time = value
      return []
    }
    guard text.starts(with: "\"msg\":"), let message = Self.value(of: "\"msg\":", in: text) else {
      return []
    }
    defer { time = nil }
    return Array((time.map { "[\($0)] " } ?? "").utf8) + message
  }

  /// An object on one line: the message, behind what a log would print before it.
  private func object(_ line: [UInt8], _ start: Int) -> [UInt8]? {
    let text = line.span.extracting(start..<line.count)
    guard text[0] == UInt8(ascii: "{"), text.count > 8 else { return nil }
    if let log = Self.value(of: "\"log\":", in: text) {
      return log.last == Ascii.newline ? log.dropLast() : log
    }
    if let message = Self.value(of: "\"MESSAGE\":", in: text) {
      guard Self.value(of: "\"_TRANSPORT\":", in: text) == Array("kernel".utf8) else {
        return message
      }
      let ticks = Self.value(of: "\"_SOURCE_MONOTONIC_TIMESTAMP\":", in: text)
      let time = ticks.flatMap { $0.span.decimal }.map(Self.seconds)
      return Array((time.map { "[\($0)] " } ?? "kernel: ").utf8) + message
    }
    for key in Self.messages {
      if let message = Self.value(of: key, in: text) {
        return message.last == Ascii.newline ? message.dropLast() : message
      }
    }
    return nil
  }

  /// What else loggers and test runners (`go test -json`) call what was printed.
  private static let messages: [StaticString] = [
    "\"message\":", "\"msg\":", "\"Output\":", "\"output\":", "\"stderr\":",
  ]

  /// When the message was written, by the names that docker, journald and other loggers give it.
  private static func stamp(_ line: [UInt8]) -> TimeMark? {
    let text = line.span
    for key: StaticString in ["\"time\":", "\"@timestamp\":", "\"timestamp\":", "\"ts\":"] {
      guard let value = value(of: key, in: text) else { continue }
      return TimeMark(prefix: String(decoding: value, as: UTF8.self))
    }
    return value(of: "\"__REALTIME_TIMESTAMP\":", in: text)
      .flatMap { TimeMark(microseconds: String(decoding: $0, as: UTF8.self)) }
  }

  private static func seconds(_ microseconds: UInt64) -> String {
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count)
      + fraction
  }

  /// The string that a key has; nothing if it isn't there or is cut off.
  private static func value(of key: StaticString, in text: Span<UInt8>) -> [UInt8]? {
    guard let place = text.offset(of: key) else { return nil }
    var index = text.offsetOfNonBlank(from: place + key.utf8CodeUnitCount)
    guard index < text.count, text[index] == UInt8(ascii: "\"") else { return nil }
    index += 1
    var result: [UInt8] = []
    while index < text.count, text[index] != UInt8(ascii: "\"") {
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.count {
        index += unescape(text, index + 1, into: &result)
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return index < text.count ? result : nil
  }

  /// Adds what an escape stands for; returns its length with the stroke.
  private static func unescape(
    _ text: Span<UInt8>, _ index: Int, into result: inout [UInt8]
  ) -> Int {
    switch text[index] {
    case UInt8(ascii: "n"): result.append(Ascii.newline)
    case UInt8(ascii: "t"): result.append(Ascii.tab)
    case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"): break
    case UInt8(ascii: "u"):
      let digits = text.extracting((index + 1)..<min(text.count, index + 5))
      guard digits.count == 4, let value = UInt32(digits.words, radix: 16) else { return 2 }
      result += String(UnicodeScalar(value) ?? "\u{FFFD}").utf8
      return 6
    default: result.append(text[index])
    }
    return 2
  }
}
