internal import KmemParsers

/// HTML around lines, and the entities in them.
enum Markup {
  private enum Part {
    /// What an entity stands for.
    case text([UInt8])
    /// The end of a line.
    case lineBreak
    /// A column's end.
    case gap
    /// What tells that the text between matters.
    case emphasis
    case nothing
  }

  /// Whether the line has an entity or a tag.
  static func isMarked(_ line: Span<UInt8>) -> Bool { count(line, most: 1) > 0 }

  /// Whether enough of them are there: two, outside of dumps, which may hold anything.
  static func isUsed(in text: TextLines) -> Bool {
    var sum = 0
    for line in text.lines {
      let bytes = line.bytes
      if !bytes.span.isDumpLine { sum += count(bytes.span, most: 2) }
      if sum >= 2 { return true }
    }
    return false
  }

  private static func count(_ line: Span<UInt8>, most: Int) -> Int {
    var (count, index) = (0, 0)
    while index < line.count, count < most {
      let part = part(line, at: index)
      count += part == nil ? 0 : 1
      index += part?.length ?? 1
    }
    return count
  }

  static func undo(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let lines = undone(text.lines[index].bytes)
      let bytes = Array(lines.text.joined(separator: [Ascii.newline]))
      text.replace(index, by: bytes, .html)
      if lines.isEmphasised, let row = lines.text.first(where: { !$0.isBlank }) {
        text.note(.emphasis(row.trimmedWords), index)
      }
      let offsets = bytes.indices.filter { bytes[$0] == Ascii.newline }
      if !offsets.isEmpty {
        text.part(index, at: offsets, .html)
        for line in (index + 1)...(index + offsets.count) where line < text.lines.count {
          text.lines[line].bytes.removeFirst()
        }
        index += offsets.count
      }
      index += 1
    }
  }

  /// The lines that a line is once its markup is undone; empty ones are left out.
  private static func undone(_ line: [UInt8]) -> (text: [[UInt8]], isEmphasised: Bool) {
    var lines: [[UInt8]] = [[]]
    var isEmphasised = false
    var index = 0
    while index < line.count {
      guard let part = part(line.span, at: index) else {
        lines[lines.count - 1].append(line[index])
        index += 1
        continue
      }
      index += part.length
      switch part.part {
      case .text(let bytes): lines[lines.count - 1] += bytes
      case .gap: lines[lines.count - 1].append(Ascii.space)
      case .lineBreak: lines.append([])
      case .emphasis: isEmphasised = true
      case .nothing: break
      }
    }
    let filled = lines.filter { !$0.isBlank }
    return (filled.isEmpty ? [[]] : filled, isEmphasised)
  }

  private static func part(_ line: Span<UInt8>, at index: Int) -> (part: Part, length: Int)? {
    switch line[index] {
    case UInt8(ascii: "&"): entity(line, at: index)
    case UInt8(ascii: "<"): tag(line, at: index)
    default: nil
    }
  }

  // MARK: Entities

  private static func entity(_ line: Span<UInt8>, at index: Int) -> (part: Part, length: Int)? {
    let rest = line.extracting((index + 1)..<min(line.count, index + 10))
    let end = rest.offset(ofByte: UInt8(ascii: ";"))
    guard end > 1, end < rest.count else { return nil }
    let name = rest.extracting(0..<end)
    if let text = entities[name.words] { return (.text(Array(text.utf8)), end + 2) }
    return number(name).map { ($0, end + 2) }
  }

  private static let entities = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ",
    "emsp": " ", "thinsp": " ", "ldquo": "\"", "rdquo": "\"", "colon": ":", "lbrack": "[",
    "rbrack": "]", "lpar": "(", "rpar": ")", "plus": "+", "num": "#",
  ]

  /// A character by its number, as XML writes the ends of lines in an attribute.
  private static func number(_ name: Span<UInt8>) -> Part? {
    guard name[0] == UInt8(ascii: "#") else { return nil }
    let isHex = name.count > 2 && name[1] | 0x20 == UInt8(ascii: "x")
    let digits = name.extracting((isHex ? 2 : 1)..<name.count)
    guard let value = UInt32(digits.words, radix: isHex ? 16 : 10),
      let scalar = UnicodeScalar(value)
    else { return nil }
    switch value {
    case 9, 160: return .gap
    case 10: return .lineBreak
    case 13: return .nothing
    default: return value >= 32 ? .text(Array(String(scalar).utf8)) : nil
    }
  }

  // MARK: Tags

  private static func tag(_ line: Span<UInt8>, at index: Int) -> (part: Part, length: Int)? {
    // An address in `[<…>]` is no tag.
    guard index == 0 || line[index - 1] != UInt8(ascii: "[") else { return nil }
    var end = index + 1
    if end < line.count, line[end] == UInt8(ascii: "/") { end += 1 }
    let start = end
    while end < line.count, end - start < 11, line[end].isLetter || Ascii.isDigit(line[end]) {
      end += 1
    }
    var name: [UInt8] = []
    for offset in start..<end { name.append(line[offset] | 0x20) }
    guard let part = tags[String(decoding: name, as: UTF8.self)] else { return nil }
    // Attributes, or a stroke.
    let rest = line.extracting(end..<min(line.count, end + 400))
    let close = rest.offset(ofByte: UInt8(ascii: ">"))
    guard close < rest.count, close == 0 || " /\t".utf8.contains(rest[0]) else { return nil }
    return (part, end + close + 1 - index)
  }

  private static let tags: [String: Part] = {
    var tags: [String: Part] = [:]
    for name in ["br", "p", "div", "tr", "li", "pre", "blockquote", "table", "ul", "ol"] {
      tags[name] = .lineBreak
    }
    for name in ["td", "th"] { tags[name] = .gap }
    for name in ["b", "strong", "em", "mark", "font", "i", "u"] { tags[name] = .emphasis }
    for name in [
      "span", "code", "a", "tt", "samp", "kbd", "tbody", "thead", "html", "body", "head", "section",
    ] { tags[name] = .nothing }
    return tags
  }()
}

extension Span<UInt8> {
  /// Whether this is a line of bytes, whose characters at the end may be anything.
  var isDumpLine: Bool {
    var (offset, bytes) = (0, 0)
    while offset + 2 <= count {
      let isByte =
        self[offset].isHexDigit && self[offset + 1].isHexDigit
        && (offset + 2 == count || self[offset + 2] == Ascii.space)
      bytes = isByte ? bytes + 1 : 0
      if bytes >= 4 { return true }
      // Marks of logs may stand before the bytes.
      offset = isByte ? offset + 3 : offset + 1
    }
    return false
  }
}

extension [UInt8] {
  var isBlank: Bool { allSatisfy(Ascii.isBlank) }

  /// The bytes as text, without blanks at either end.
  var trimmedWords: String {
    let span = span
    return span.trimmed().words
  }
}

extension UInt8 {
  var isHexDigit: Bool { Ascii.isDigit(self) || (self | 0x20) &- UInt8(ascii: "a") < 6 }
}
