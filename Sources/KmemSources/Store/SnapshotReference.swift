/// What the user may write wherever a snapshot is asked for.
package enum SnapshotReference: Hashable, Sendable {
  /// `now`: the running machine.
  case now
  /// `-`: standard input.
  case standardInput
  /// `@last` is 1, `@2` the second last, and so on.
  case last(Int)
  /// `2h ago`: so many seconds before now.
  case ago(Double)
  /// `LOG@2`: a moment of a text that holds several, by its number.
  case moment(Int, of: String)
  /// Anything else: a path or a label.
  case name(String)

  /// Reads what the user wrote.
  ///
  /// - Throws: `SourceError` if it begins like a reference but isn't one.
  package init(_ text: String) throws {
    switch text {
    case "": throw SourceError(.usage, "an empty name is no snapshot; \(Self.help)")
    case "now": self = .now
    case "-": self = .standardInput
    case "@last": self = .last(1)
    case "yesterday": self = .ago(86400)
    default:
      if text.hasPrefix("@") {
        guard let number = Int(text.dropFirst()), number > 0 else {
          throw SourceError(.usage, "\(text) is no reference to a snapshot; \(Self.help)")
        }
        self = .last(number)
      } else if text.hasSuffix(" ago") {
        self = .ago(try Self.seconds(text))
      } else if let (number, name) = Self.moment(text) {
        self = .moment(number, of: name)
      } else {
        self = .name(text)
      }
    }
  }

  /// The number behind the last `@`, and what stands before it.
  private static func moment(_ text: String) -> (Int, String)? {
    guard let sign = text.lastIndex(of: "@"), sign > text.startIndex else { return nil }
    let digits = text[text.index(after: sign)...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits)
    else { return nil }
    return (number, String(text[..<sign]))
  }

  /// What `kmemcheck top` takes for one of its subcommands, where a snapshot could stand too.
  private static let subcommands = ["kernel", "processes", "cgroups"]

  /// Why a capture with this label could never be asked for by it, as a sentence; nothing if it can.
  package static func objection(toLabel label: String) -> String? {
    let reason: String
    switch try? SnapshotReference(label) {
    case _ where label.allSatisfy(\.isWhitespace):
      return "A label can't be empty: it is a name to find the snapshot by."
    case .now: reason = "that is the running machine"
    case .standardInput: reason = "that is standard input"
    case .last: reason = "that is a snapshot by its number"
    case .ago: reason = "that is a time"
    case nil where label.hasPrefix("@"): reason = "@ begins the number of a snapshot"
    case nil: reason = "that is read as a time"
    case .moment: reason = "that is a moment of a text"
    case .name where label.contains("/"): reason = "with a / in it that is a path"
    case .name where label == "." || label == "..": reason = "that is a folder"
    case .name where label.utf8.count > longest: reason = "it has more than \(longest) bytes"
    case .name where subcommands.contains(label): reason = "kmemcheck top \(label) is a command"
    case .name: return nil
    }
    return "A snapshot could not be found by the label \"\(label)\": \(reason). Choose another."
  }

  /// The bytes that a label may have: a list of snapshots has a line for each.
  private static let longest = 200

  static let help =
    "write a path, a label, now, -, @last, @2 for the second last, LOG@2 for a moment of a text, or \"2h ago\""

  /// The seconds of `2h ago`, `90 minutes ago`, `1d 12h ago`.
  private static func seconds(_ text: String) throws -> Double {
    var total = 0.0
    var number: Double?
    for token in tokens(text.dropLast(" ago".count)) {
      if let value = Double(token), value.isFinite, number == nil {
        number = value
      } else if let value = number, let unit = units[token] {
        total += value * unit
        number = nil
      } else {
        throw SourceError(.usage, "\"\(text)\" is no time; write for instance \"2h ago\"")
      }
    }
    guard number == nil, total > 0 else {
      throw SourceError(.usage, "\"\(text)\" is no time; write for instance \"2h ago\"")
    }
    return total
  }

  /// The numbers and the words of the text.
  private static func tokens(_ text: Substring) -> [String] {
    var tokens: [String] = []
    for word in text.split(separator: " ") {
      let digits = word.prefix { $0.isNumber || $0 == "." }
      tokens += [digits, word.dropFirst(digits.count)].filter { !$0.isEmpty }.map(String.init)
    }
    return tokens
  }

  private static let units: [String: Double] = [
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60,
    "h": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400, "days": 86400,
    "w": 604_800, "week": 604_800, "weeks": 604_800,
  ]
}
