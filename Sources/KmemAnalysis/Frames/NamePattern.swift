/// A name in which `*` stands for any text, as users write it for functions, modules and tasks.
enum NamePattern {
  /// Whether the text matches the pattern, in which `*` stands for any text.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return pattern == text
    }
    guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count
    else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = Self.range(of: part, in: rest) else { return false }
      rest = rest[place...]
    }
    return true
  }

  /// Where the first occurrence of a part ends.
  private static func range(of part: Substring, in text: Substring) -> String.Index? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(part) { return text.index(start, offsetBy: part.count) }
      start = text.index(after: start)
    }
    return nil
  }
}
