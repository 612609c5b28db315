/// What people paste of one control group: its `memory.stat`, with `memory.current`, `memory.max` or their
/// like of version 1 beside it, behind prompts, file names and fences.
package struct GroupMemoryText: Hashable, Sendable {
  /// Where a capture has such a text; no machine has that path.
  package static let path = "text/memory.stat"

  /// The values of `memory.stat`, in bytes but for counts, by name; the last of several.
  package private(set) var stat: [String: UInt64] = [:]
  /// What is charged to the group, in bytes: `memory.current`, `memory.usage_in_bytes`.
  package private(set) var usage: UInt64?
  /// What it may have at most, in bytes: `memory.max`, `memory.limit_in_bytes`.
  package private(set) var limit: Limit = .untold
  /// How often `memory.stat` began anew: groups, or moments, of which the last one is read.
  package private(set) var others = 0

  /// How much a group may have.
  package enum Limit: Hashable, Sendable {
    case bytes(UInt64)
    /// Its own files set none; a group above it may have one.
    case none
    case untold
  }

  /// Reads the text; nothing if it is no group's.
  package init?(_ text: Span<UInt8>) {
    var awaited: File?
    var lines = Lines(text)
    while let line = lines.next() {
      let words = line.trimmed().text.split { " \t:=|`*\",".contains($0) }.map(String.init)
      if words.isEmpty { continue }
      if let file = File(words) {
        awaited = file
        if words.count > 1, let last = words.last, take(last, file) { awaited = nil }
      } else if words.count == 1, let file = awaited {
        if take(words[0], file) { awaited = nil }
      } else if words.count == 2, let value = UInt64(words[1]), Self.isName(words[0]) {
        takeStat(words[0], value)
      }
    }
    guard isOfGroup else { return nil }
    if stat.isEmpty { return }
    if case .untold = limit, let inherited = stat["hierarchical_memory_limit"] {
      limit = Self.limit(inherited)
    }
  }

  private var isOfGroup: Bool {
    let isFirst =
      (stat["rss"] ?? stat["total_rss"]) != nil && (stat["cache"] ?? stat["total_cache"]) != nil
    if isFirst || stat["anon"] != nil && stat["file"] != nil { return true }
    // What a group has and may have is an answer too, without whose it is.
    return stat.isEmpty && usage != nil && limit != .untold
  }

  private mutating func takeStat(_ name: String, _ value: UInt64) {
    if stat[name] != nil {
      stat = [:]
      others += 1
    }
    stat[name] = value
  }

  private mutating func take(_ word: String, _ file: File) -> Bool {
    let isNone = word == "max" || word == "-1"
    guard let value = isNone ? UInt64.max : UInt64(word) else { return false }
    switch file {
    case .usage: usage = isNone ? usage : value
    case .limit: limit = Self.limit(value)
    }
    return true
  }

  /// Version 1 prints the largest number of pages where nothing is set.
  private static func limit(_ value: UInt64) -> Limit { value > 1 << 60 ? .none : .bytes(value) }

  private static func isName(_ word: String) -> Bool {
    word.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || Ascii.isDigit($0)
        || $0 == UInt8(ascii: "_")
    }
  }

  /// A file beside `memory.stat`.
  private enum File {
    case usage, limit

    /// The file that the words of a line name, as in a prompt or before a value.
    init?(_ words: [String]) {
      let names = words.compactMap { $0.split(separator: "/").last.map(String.init) }
      if names.contains(where: ["memory.current", "memory.usage_in_bytes"].contains) {
        self = .usage
      } else if names.contains(where: ["memory.max", "memory.limit_in_bytes"].contains) {
        self = .limit
      } else {
        return nil
      }
    }
  }
}
