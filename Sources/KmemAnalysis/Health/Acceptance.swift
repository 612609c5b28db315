/// A rule that is known and accepted for a machine, up to a limit: `idleHugePages=64GiB`.
///
/// What is accepted is counted, never dropped silently, and fires again when it gets worse.
package struct Acceptance: Hashable, Sendable {
  /// The rule that is accepted.
  package let rule: Finding.Rule
  /// Up to what; nothing for whatever it is.
  package let limit: Limit?
  /// Why, as the user wrote it.
  package let reason: String?

  /// Up to what a finding is accepted.
  package enum Limit: Hashable, Sendable {
    /// Bytes, with a unit: `2GiB`.
    case bytes(Int64)
    /// A part of the whole, from 0 to 1: `20%`.
    case part(Double)
    /// A number without a unit.
    case count(Int64)
  }

  /// Why a text accepts nothing.
  package enum Refusal: Error, Hashable, Sendable {
    case noRule(String)
    /// The value is no number of bytes, percent or count.
    case noValue(String)
  }

  /// Reads `ID` or `ID=VALUE`.
  ///
  /// - Throws: `Refusal` if no rule has that id, or the value isn't one.
  package init(_ text: String, reason: String? = nil) throws(Refusal) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let rule = Finding.Rule(named: name) else { throw .noRule(name) }
    self.rule = rule
    self.reason = reason
    guard parts.count == 2 else {
      limit = nil
      return
    }
    guard let limit = Limit(parts[1]) else { throw .noValue(String(parts[1])) }
    self.limit = limit
  }

  /// Whether the finding is of this rule and no worse than the limit.
  func covers(_ finding: Finding) -> Bool {
    guard finding.rule == rule else { return false }
    guard let limit else { return true }
    return switch (finding.measure, limit) {
    case (.share(let share), .bytes(let most)): share.bytes <= most
    case (.share(let share), .part(let most)): share.part <= most
    case (.left(let share), .bytes(let least)): share.bytes >= least
    case (.left(let share), .part(let least)): share.part >= least
    case (.bytes(let bytes), .bytes(let most)): bytes <= most
    case (.part(let part), .part(let most)): part <= most
    case (.count(let count), .count(let most)): count <= most
    default: false
    }
  }
}

extension Acceptance.Limit {
  /// Reads `2GiB`, `20%` or `1000`.
  init?(_ text: Substring) {
    if text.hasSuffix("%") {
      guard let percent = Double(text.dropLast()), percent.isFinite, percent >= 0 else {
        return nil
      }
      self = .part(percent / 100)
      return
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).lowercased()
    guard let number = Int64(digits) else { return nil }
    guard !unit.isEmpty else {
      self = .count(number)
      return
    }
    let letters = ["b", "k", "m", "g", "t"]
    guard let power = letters.firstIndex(of: String(unit.prefix(1))),
      ["", "b", "ib"].contains(String(unit.dropFirst())), power > 0 || unit == "b"
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << (10 * Int64(power)))
    guard !overflow else { return nil }
    self = .bytes(bytes)
  }
}

/// A text of what is accepted: `ID[=VALUE]  # why`, one rule on each line.
package struct AcceptFile: Sendable {
  /// What is accepted, in the text's order.
  package private(set) var acceptances: [Acceptance] = []

  /// Why a text is refused, and where.
  package struct Refusal: Error, Hashable, Sendable {
    /// The file and the line: `accept:12`.
    package let place: String
    /// What is wrong there.
    package let reason: Acceptance.Refusal
  }

  /// Reads a text; `name` is the file's, for messages.
  ///
  /// - Throws: `Refusal` at the first line that accepts nothing.
  package init(_ text: String, name: String) throws(Refusal) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let words = (parts.first ?? "").split(whereSeparator: \.isWhitespace)
      guard !words.isEmpty else { continue }
      let reason = parts.dropFirst().first?.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      do {
        acceptances.append(try Acceptance(words.joined(), reason: reason))
      } catch {
        throw Refusal(place: "\(name):\(index + 1)", reason: error)
      }
    }
  }
}
