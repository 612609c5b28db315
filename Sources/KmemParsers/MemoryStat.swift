/// What a control group's memory is used for, from its `memory.stat`.
///
/// Written by `mm/memcontrol.c` (version 1: `mm/memcontrol-v1.c` since 6.11). Amounts are in bytes,
/// `pg…` and `workingset_…` are counts. In version 1 the names with `total_` include the groups below;
/// in version 2 all do.
package struct MemoryStat: Hashable, Sendable {
  private let counters: NamedCounters
  /// What was passed over or mended.
  package var remarks: [Remark] { counters.remarks }

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) { try self.init(text, like: nil) }

  /// Parses the contents of a group's file, which most likely has the names of another group's.
  ///
  /// - Throws: `ParseError` as above.
  package init(_ text: Span<UInt8>, like other: MemoryStat?) throws(ParseError) {
    counters = try NamedCounters(
      text, like: other?.counters, file: "memory.stat", example: "anon 4096")
  }

  /// The names and values in the file's order, also of names nobody knows yet.
  package var entries: [(name: String, value: UInt64)] {
    counters.entries.map { ($0.name, $0.value) }
  }

  /// The value of that name as printed, if the kernel printed it.
  package subscript(name: String) -> UInt64? { counters[name] }
}

/// How many groups are below a control group, from its `cgroup.stat`.
///
/// Written by `kernel/cgroup/cgroup.c` (4.14), version 2 only.
package struct CgroupStat: Hashable, Sendable {
  private let counters: NamedCounters
  /// What was passed over or mended.
  package var remarks: [Remark] { counters.remarks }

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    counters = try NamedCounters(
      text, like: nil, file: "cgroup.stat", example: "nr_descendants 4")
  }

  /// The value of that name, if the kernel printed it.
  package subscript(name: String) -> UInt64? { counters[name] }

  /// Groups below that were removed while something, mostly page cache, still belongs to them.
  package var dyingDescendants: UInt64? { counters["nr_dying_descendants"] }
}

/// Where control groups lie, and the files that tell of their memory.
package enum CgroupFiles {
  /// The directory of the root group, without a slash at its end.
  package static let root = "sys/fs/cgroup"
}
