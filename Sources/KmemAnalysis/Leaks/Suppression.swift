import KmemParsers

/// A rule that leaves objects of a known leak out of a report, and says why.
package struct Suppression: Hashable, Sendable {
  /// Where the rule stands: the file and its first line.
  package internal(set) var place: String
  /// Why the leak is left out, in the user's words.
  package internal(set) var reason = ""
  /// Patterns of frames from the culprit on; `...` stands for any number of frames.
  package internal(set) var frames: [String] = []
  /// A pattern of the culprit's module; nil if any module fits.
  package internal(set) var module: String?
  /// The sizes of objects that fit, in bytes; nil if any size does.
  package internal(set) var sizes: ClosedRange<UInt64>?
  /// A pattern of the allocating task's name; nil if any name fits.
  package internal(set) var comm: String?
  /// A rule of LeakSanitizer's, `leak:NAME`: what some function, file of source or module of a
  /// program's stack has in its name; nil for a rule of this program's own.
  package internal(set) var leak: String?
  /// How many objects the rule left out of this report.
  package internal(set) var objects: Int64 = 0
  /// How many bytes the rule left out of this report.
  package internal(set) var bytes: Int64 = 0

  init(place: String) { self.place = place }

  /// Whether the rule means the group's stack and module.
  func fits(_ group: LeakGroup) -> Bool {
    // A group without a named culprit could be any leak, so no rule may hide it.
    guard group.isNamed, leak == nil else { return false }
    if let module, !NamePattern.matches(module, group.culprit?.module ?? "") { return false }
    return frames.isEmpty || Self.matches(frames[...], group.callers.map(\.names)[...])
  }

  func fits(size: UInt64, comm: String?) -> Bool {
    if let sizes, !sizes.contains(size) { return false }
    guard let pattern = self.comm else { return true }
    return comm.map { NamePattern.matches(pattern, $0) } ?? false
  }

  mutating func use(_ record: KmemleakRecord) {
    objects = objects.plus(1).plus(Int64(clamping: record.others))
    bytes = bytes.plus(Int64(clamping: record.size))
  }

  /// Whether the frames, each by the names it has, begin as the patterns want it.
  static func matches(_ patterns: ArraySlice<String>, _ frames: ArraySlice<[String]>)
    -> Bool
  {
    guard let pattern = patterns.first else { return true }
    let rest = patterns.dropFirst()
    if pattern == "..." {
      return frames.indices.contains { matches(rest, frames[$0...]) } || rest.isEmpty
    }
    guard let names = frames.first, names.contains(where: { NamePattern.matches(pattern, $0) })
    else { return false }
    return matches(rest, frames.dropFirst())
  }
}

extension LeakFrame {
  /// The names that a rule may mean; none where the function isn't known.
  fileprivate var names: [String] {
    symbol.map { [name, Self.withoutCompilerSuffix($0)] } ?? []
  }
}
