package import KmemParsers

/// A line of source that allocates, as `/proc/allocinfo` names it.
package struct AllocationTag: Hashable, Comparable, Sendable {
  package let file: String
  package let line: Int
  package let function: String
  package let module: String?

  /// Compares what differs most often first: there are thousands of lines.
  package static func == (first: Self, second: Self) -> Bool {
    first.line == second.line && first.function == second.function && first.file == second.file
      && first.module == second.module
  }

  /// Hashes no text: line and lengths tell nearly all lines apart, and cost a tenth.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(function.utf8.count << 16 ^ file.utf8.count)
  }

  package static func < (first: Self, second: Self) -> Bool {
    (first.file, first.line, first.function) < (second.file, second.line, second.function)
  }
}

extension AllocationTag {
  init(_ tag: Allocinfo.Tag) {
    self.init(file: tag.file, line: tag.line, function: tag.function, module: tag.module)
  }
}

extension Allocinfo {
  /// The sums of each line of source: a key occurs once for each place it was inlined at.
  ///
  /// A sum below zero is a known underflow of the kernel's counters; it is left out, so that it is
  /// unknown and never a growth.
  package func sums() -> [AllocationTag: (bytes: Int64, count: Int64)] {
    var sums: [AllocationTag: (bytes: Int64, count: Int64)] = [:]
    for tag in tags {
      guard tag.bytes >= 0, let calls = Int64(exactly: tag.calls) else { continue }
      let key = AllocationTag(tag)
      let known = sums[key, default: (0, 0)]
      sums[key] = (
        known.bytes.plus(tag.bytes),
        known.count.plus(calls)
      )
    }
    for key in underflowed { sums[key] = nil }
    return sums
  }

  /// The lines of source of which a counter went below zero: their sums aren't known.
  package var underflowed: Set<AllocationTag> {
    Set(tags.filter { $0.bytes < 0 || $0.calls > UInt64(Int64.max) }.map(AllocationTag.init))
  }

  /// The changes from this list to a later one; a sum that isn't known on one side has no growth.
  func changes(to after: Allocinfo) -> [NamedChange<AllocationTag>] {
    let unknown = underflowed.union(after.underflowed)
    return .changes(from: sums(), to: after.sums(), inOrder: <)
      .filter { !unknown.contains($0.name) }
  }
}
