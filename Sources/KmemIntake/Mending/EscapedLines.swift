internal import KmemParsers

/// Lines that stand in one because a program printed a text as a string: `\n` in a literal of Python, Go
/// or JSON, `|n` in a message of TeamCity, the quotes and commas of a list.
enum EscapedLines {
  private enum Form { case backslash, teamCity, list }

  /// So many ends of lines are no chance.
  private static let fewest = 3

  /// Whether the line is such a text.
  static func isOne(_ line: Span<UInt8>) -> Bool { form(line) != nil }

  static func undo(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index].bytes
      if let form = form(line.span) {
        let parts = parts(line.span, form)
        text.replace(index, by: parts)
        text.note(.escapedEnds, index)
        index += parts.count - 1
      }
      index += 1
    }
  }

  private static func form(_ line: Span<UInt8>) -> Form? {
    guard line.count > 40 else { return nil }
    if line.count(of: "\\n", most: fewest) == fewest { return line.isDumpLine ? nil : .backslash }
    if line.offset(of: "##teamcity[") != nil, line.count(of: "|n", most: fewest) == fewest {
      return .teamCity
    }
    let start = line.offsetOfNonBlank(from: 0)
    let isList = line[min(start, line.count - 1)] == UInt8(ascii: "[")
    // The kernel's own lines begin so too, and hardly ever have a quotation mark.
    guard isList, line.contains(UInt8(ascii: "'")) || line.contains(UInt8(ascii: "\"")) else {
      return nil
    }
    return listEnds(line, most: fewest) == fewest ? .list : nil
  }

  private static func listEnds(_ line: Span<UInt8>, most: Int) -> Int {
    var (count, index) = (0, 0)
    while index < line.count, count < most {
      let length = line.lengthOfListMark(at: index)
      count += length == nil ? 0 : 1
      index += length ?? 1
    }
    return count
  }

  private static func parts(_ line: Span<UInt8>, _ form: Form) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var index = 0
    while index < line.count {
      let (piece, length) = form == .list ? listPiece(line, index) : piece(line, index, form)
      if let piece { parts[parts.count - 1] += piece } else { parts.append([]) }
      index += length
    }
    return parts
  }

  /// What stands at an offset, and its length; no bytes for the end of a line.
  private static func listPiece(_ line: Span<UInt8>, _ index: Int) -> ([UInt8]?, Int) {
    if let length = line.lengthOfListMark(at: index) { return (nil, length) }
    let isOuter = index < 4 && (line[index] == UInt8(ascii: "[") || line[index].isQuote)
    return (isOuter ? [] : [line[index]], 1)
  }

  private static func piece(_ line: Span<UInt8>, _ index: Int, _ form: Form) -> ([UInt8]?, Int) {
    let mark = form == .teamCity ? UInt8(ascii: "|") : UInt8(ascii: "\\")
    guard line[index] == mark, index + 1 < line.count else { return ([line[index]], 1) }
    switch line[index + 1] {
    case UInt8(ascii: "n"): return (nil, 2)
    case UInt8(ascii: "r"): return ([], 2)
    case UInt8(ascii: "t") where form == .backslash: return ([Ascii.tab], 2)
    case mark, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "/"):
      return ([line[index + 1]], 2)
    default: return ([mark], 1)
    }
  }
}

extension Span<UInt8> {
  /// How often a text occurs, as far as that matters.
  fileprivate func count(of text: StaticString, most: Int) -> Int {
    var (count, start) = (0, 0)
    while count < most, let found = offset(of: text, from: start) {
      count += 1
      start = found + text.utf8CodeUnitCount
    }
    return count
  }

  /// The length of what stands between two members of a list, `', '` or `","`; nil elsewhere.
  fileprivate func lengthOfListMark(at index: Int) -> Int? {
    guard self[index].isQuote, index + 2 < count, self[index + 1] == Ascii.comma else { return nil }
    let next = self[index + 2] == Ascii.space ? index + 3 : index + 2
    guard next < count, self[next].isQuote else { return nil }
    return next + 1 - index
  }
}

extension UInt8 {
  fileprivate var isQuote: Bool { self == UInt8(ascii: "'") || self == UInt8(ascii: "\"") }
}
