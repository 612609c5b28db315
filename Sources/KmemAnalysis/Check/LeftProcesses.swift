internal import KmemSnapshot

/// The processes of one name that a command leaves.
package struct LeftProcesses: Hashable, Sendable {
  /// Their name.
  package let comm: String
  /// How many they are.
  package let count: Int
  /// The memory of their own in bytes, all together.
  package let anonymous: Int64
  /// The number of the first of them.
  package let first: Int
}

extension [ChildProcess] {
  /// The processes by their names, those with most memory first.
  package var byName: [LeftProcesses] {
    Dictionary(grouping: self, by: \.comm).map { comm, processes in
      LeftProcesses(
        comm: comm, count: processes.count,
        anonymous: processes.reduce(0) { $0.plus($1.anonymous ?? 0) },
        first: processes.map(\.pid).min() ?? 0)
    }.sorted { ($1.anonymous, $1.count, $0.comm) < ($0.anonymous, $0.count, $1.comm) }
  }
}
