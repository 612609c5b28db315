/// A path below the root in which `*` stands for any part of one component, `[0-9]*` for a number.
package struct PathPattern: Hashable, Sendable {
  /// The pattern as it was written.
  package let text: String
  let components: [Component]
  /// Whether it has no star, so that it names one path.
  package let isLiteral: Bool

  /// One component of the pattern: the parts between the stars.
  struct Component: Hashable, Sendable {
    let parts: [String]
    /// Whether only a number matches, as a process's directory.
    let isNumber: Bool
    /// Whether every name matches.
    private let isAnything: Bool

    init(_ text: Substring) {
      // Most have none: to split them took a third of the time to declare what `top` reads.
      guard text.utf8.contains(UInt8(ascii: "*")) else {
        (parts, isNumber, isAnything) = ([String(text)], false, false)
        return
      }
      isNumber = text == "[0-9]*"
      isAnything = text == "*"
      parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map {
        String(Substring($0))
      }
    }

    var isLiteral: Bool { parts.count == 1 }
    var literal: String { isLiteral ? parts[0] : parts.joined(separator: "*") }

    /// Whether the name has the pattern's parts in this order, with anything in place of the stars.
    func matches(_ name: some StringProtocol) -> Bool {
      guard let first = parts.first, let last = parts.last else { return false }
      if isLiteral { return name == first }
      if isAnything { return true }
      if isNumber { return !name.isEmpty && name.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
      guard name.hasPrefix(first), name.utf8.count >= first.utf8.count + last.utf8.count,
        name.hasSuffix(last)
      else { return false }
      var rest = name.utf8.dropFirst(first.utf8.count).dropLast(last.utf8.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        while !rest.starts(with: part.utf8) {
          guard rest.popFirst() != nil else { return false }
        }
        rest = rest.dropFirst(part.utf8.count)
      }
      return true
    }
  }

  /// Takes a pattern apart: `sys/module/*/taint`.
  package init(_ text: String) {
    self.text = text
    components = text.utf8.split(separator: UInt8(ascii: "/")).map { Component(Substring($0)) }
    isLiteral = components.allSatisfy(\.isLiteral)
  }

  /// Whether the components of a path are those of the pattern.
  func matches(_ path: some RandomAccessCollection<Substring>) -> Bool {
    path.count == components.count && zip(components, path).allSatisfy { $0.matches($1) }
  }
}
