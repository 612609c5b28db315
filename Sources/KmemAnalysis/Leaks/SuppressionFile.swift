/// A text of suppressions: blocks in braces, one condition on each line; and LeakSanitizer's own lines
/// `leak:NAME`.
///
/// Each block needs a reason, and a frame, a module, a size or a comm.
package struct SuppressionFile: Sendable {
  /// The rules in the order in which the text has them.
  package private(set) var rules: [Suppression] = []

  /// Why a text of suppressions is refused, and where.
  package struct Refusal: Error, Hashable, Sendable {
    /// The file and the line: `suppressions:12`.
    package let place: String
    /// What is wrong there.
    package let reason: Reason

    /// What is wrong with a text of suppressions.
    package enum Reason: Hashable, Sendable {
      /// The line stands in no block.
      case notInBlock
      /// The block has no end.
      case unclosed
      /// The line is no condition.
      case unknown(line: String)
      case noSize
      case noReason
      /// No condition tells a leak from others.
      case hidesEverything
    }
  }

  /// Reads a text; `name` is the file's, for messages.
  ///
  /// - Throws: `Refusal` at the first line or block that breaks the rules.
  package init(_ text: String, name: String) throws(Refusal) {
    var open: Suppression?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let place = "\(name):\(index + 1)"
      let line = Self.trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      switch (line, open) {
      case ("{", nil): open = Suppression(place: place)
      case (_, nil) where line.hasPrefix("leak:"):
        rules.append(try Self.leak(line.dropFirst(5), place))
      case ("}", let rule?):
        rules.append(try Self.checked(rule))
        open = nil
      case (_, var rule?):
        try Self.read(line, into: &rule, place)
        open = rule
      case (_, nil): throw Refusal(place: place, reason: .notInBlock)
      }
    }
    if let open { throw Refusal(place: open.place, reason: .unclosed) }
  }

  private static func read(_ line: Substring, into rule: inout Suppression, _ place: String)
    throws(Refusal)
  {
    guard let colon = line.firstIndex(of: ":") else {
      guard line == "..." else { throw Refusal(place: place, reason: .unknown(line: String(line))) }
      return rule.frames.append("...")
    }
    let value = String(trimmed(line[line.index(after: colon)...]))
    switch trimmed(line[..<colon]) {
    case "reason": rule.reason = value
    case "frame": rule.frames.append(value)
    case "module": rule.module = value
    case "comm": rule.comm = value
    case "size":
      guard let sizes = sizes(value) else {
        throw Refusal(place: place, reason: .noSize)
      }
      rule.sizes = sizes
    default: throw Refusal(place: place, reason: .unknown(line: String(line)))
    }
  }

  /// A rule as LeakSanitizer reads it (`LSAN_OPTIONS=suppressions=FILE`).
  private static func leak(_ text: Substring, _ place: String) throws(Refusal) -> Suppression {
    let pattern = String(trimmed(text))
    guard pattern.contains(where: { !"*^$".contains($0) }) else {
      throw Refusal(place: place, reason: .hidesEverything)
    }
    var rule = Suppression(place: place)
    rule.leak = pattern
    rule.reason = "leak:\(pattern)"
    return rule
  }

  private static func checked(_ rule: Suppression) throws(Refusal) -> Suppression {
    guard !rule.reason.isEmpty else {
      throw Refusal(place: rule.place, reason: .noReason)
    }
    let isEmpty = rule.module == nil && rule.sizes == nil && rule.comm == nil
    if isEmpty, rule.frames.allSatisfy({ $0.allSatisfy { $0 == "*" || $0 == "." } }) {
      throw Refusal(place: rule.place, reason: .hidesEverything)
    }
    return rule
  }

  private static func sizes(_ text: String) -> ClosedRange<UInt64>? {
    if let size = UInt64(text) { return size...size }
    let parts = text.split(separator: ".")
    guard parts.count == 2, let low = UInt64(parts[0]), let high = UInt64(parts[1]), low <= high
    else { return nil }
    return low...high
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return start[...end]
  }
}

extension LeakGroup {
  /// A suppression of this group, with an empty reason for the user to write; nil if the culprit
  /// isn't named.
  package var suppression: String? {
    guard isNamed else { return nil }
    var lines = ["{", "  reason:"]
    for caller in callers.prefix(5) {
      let line = caller.symbol == nil ? "  ..." : "  frame: \(caller.name)"
      if lines.last != line { lines.append(line) }
    }
    if lines.last == "  ..." { lines.removeLast() }
    if let size = sizes.entries.first?.value, sizes.entries.count == 1, sizes.others == 0 {
      lines.append("  size: \(size)")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }
}
