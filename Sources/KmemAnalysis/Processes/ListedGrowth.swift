import KmemSnapshot

/// What the resident memory of a process gained between two lists of a tool, as `ps` prints it.
///
/// A list tells no time of start to the second, so a process is the same one if pid and name are.
package struct ListedGrowth: Hashable, Sendable {
  /// The process in the later list.
  package let pid: Int
  /// Its command's name.
  package let name: String
  /// Bytes resident in the earlier list; what is shared with others counts in each of them.
  package let before: Int64
  /// Bytes resident in the later list.
  package let after: Int64

  /// Who gained less is no more than noise of a process that runs.
  package static let leastTold: Int64 = 1 << 20

  /// Bytes gained; below zero where it gave memory back.
  package var gained: Int64 { after.minus(before) }

  /// The processes that both lists have, the one that gained most first; none where one of the
  /// snapshots has no list, or they are of two machines or boots.
  static func all(from earlier: Snapshot, to later: Snapshot) -> [Self] {
    guard earlier.host.sameMachine(as: later.host) != .different,
      earlier.host.sameBoot(as: later.host) != .different
    else { return [] }
    let known = Dictionary(listed(earlier).map { ($0.pid, $0) }) { first, _ in first }
    return listed(later).compactMap { process -> Self? in
      guard let before = known[process.pid], before.comm == process.comm,
        let old = before.resident, let new = process.resident
      else { return nil }
      return Self(pid: process.pid, name: process.comm, before: old, after: new)
    }
    .sorted { ($0.gained, $1.pid) > ($1.gained, $0.pid) }
  }

  private static func listed(_ snapshot: Snapshot) -> [ProcessRecord] {
    (snapshot.processes.value?.records ?? []).filter { $0.isListed && !$0.isKernelThread }
  }
}
