package import KmemSnapshot

/// What the programs of a control group gained, those of the groups below it included.
package struct CgroupChange: Hashable, Sendable {
  /// The path below the root.
  package let path: String
  /// Anonymous memory gained, in bytes.
  package let anonymous: Int64
}

extension CgroupChange {
  /// The groups that both moments of one boot have, the one that gained most first; of equal ones the
  /// innermost.
  package static func all(from before: Snapshot, to after: Snapshot) -> [CgroupChange] {
    guard before.host.sameBoot(as: after.host) != .different, let old = before.cgroups.value,
      let new = after.cgroups.value
    else { return [] }
    let known = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
    return new.compactMap { group in
      guard !group.path.isEmpty, let now = group.anonymous,
        let then = known[group.path]?.anonymous
      else { return nil }
      return CgroupChange(path: group.path, anonymous: now.minus(then))
    }
    .filter { $0.anonymous > 0 }
    .sorted { ($0.anonymous, $0.path.utf8.count) > ($1.anonymous, $1.path.utf8.count) }
  }
}
