/// A function of a program as tools show it: `void ns::f<int>(char const*) const`.
enum ProgramSymbol {
  /// The name with its namespaces and classes, without what it returns, takes and is specialised for.
  static func qualified(_ function: String) -> Substring {
    var bytes = Array(function.utf8)[...]
    if let place = operatorPlace(bytes) {
      bytes = bytes[..<place.end]
    } else {
      bytes = bytes[..<argumentsStart(bytes)]
    }
    let start = nameStart(bytes)
    return Substring(decoding: withoutTemplates(bytes[start...]), as: UTF8.self)
  }

  /// The parts of the name: `["ns", "f"]`.
  static func parts(_ function: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = qualified(function)
    while let range = rest.firstDoubleColon {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return (parts + [rest]).filter { !$0.isEmpty }
  }

  /// Where `operator` stands as a word, and where the name of the operator ends.
  private static func operatorPlace(_ bytes: ArraySlice<UInt8>) -> (start: Int, end: Int)? {
    let word = Array("operator".utf8)
    guard bytes.count >= word.count else { return nil }
    for start in 0...(bytes.count - word.count) where bytes[start...].starts(with: word) {
      let isWord = start == 0 || !isNameByte(bytes[start - 1])
      let next = start + word.count
      guard isWord, next < bytes.count, !isNameByte(bytes[next]) else { continue }
      var end = next
      if bytes[next...].starts(with: Array("()".utf8)) { end += 2 }
      while end < bytes.count, bytes[end] != UInt8(ascii: "(") { end += 1 }
      // `operator new[]` is the same allocator as `operator new`.
      let brackets = Array("[]".utf8)
      if end - next > 2, bytes[(end - 2)..<end].elementsEqual(brackets) { end -= 2 }
      return (start, end)
    }
    return nil
  }

  /// Where the arguments begin: at the first bracket outside templates that isn't part of a name, as
  /// `(anonymous namespace)` is.
  private static func argumentsStart(_ bytes: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var index = bytes.startIndex
    let anonymous = Array("(anonymous".utf8)
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ">"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "(") where depth == 0:
        guard bytes[index...].starts(with: anonymous) else { return index }
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: ")") { index += 1 }
      default: break
      }
      index += 1
    }
    return bytes.endIndex
  }

  /// Where the name begins, behind the type that the function returns.
  private static func nameStart(_ bytes: ArraySlice<UInt8>) -> Int {
    var (depth, start) = (0, bytes.startIndex)
    let operatorWord = Array("operator".utf8)
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ">"), UInt8(ascii: "}"), UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: " ") where depth == 0:
        if bytes[start..<index].suffix(operatorWord.count).elementsEqual(operatorWord) {
          return start
        }
        start = index + 1
      default: break
      }
    }
    return start
  }

  /// A name that begins with `<`, as Rust's do, keeps what stands there.
  private static func withoutTemplates(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.first != UInt8(ascii: "<") else { return Array(bytes) }
    var depth = 0
    var kept: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "<") { depth += 1 }
      if depth == 0 { kept.append(byte) }
      if byte == UInt8(ascii: ">") { depth = max(0, depth - 1) }
    }
    return kept
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
  }
}

extension Substring {
  /// The first `::`.
  fileprivate var firstDoubleColon: Range<Index>? {
    var index = startIndex
    while index < endIndex {
      let next = self.index(after: index)
      if self[index] == ":", next < endIndex, self[next] == ":" {
        return index..<self.index(after: next)
      }
      index = next
    }
    return nil
  }
}
