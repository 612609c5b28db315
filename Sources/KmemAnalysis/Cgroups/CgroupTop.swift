package import KmemSnapshot

/// The control groups by how much memory they use: services, containers, users' sessions.
package struct CgroupTop: Sendable {
  /// By what rows are sorted, the largest first.
  package enum Order: String, CaseIterable, Sendable {
    case memory, anon, file, kernel, swap, dying, growth, name
  }

  /// One control group with those below it; amounts are in bytes.
  package struct Row: Hashable, Sendable {
    /// The path below the root of the hierarchy.
    package let path: String
    /// All memory charged to the group (`memory.current`; version 1: `memory.usage_in_bytes`); nil
    /// if not told.
    package let memory: Int64?
    /// Anonymous memory of the group's processes.
    package let anonymous: Int64?
    /// Page cache, shared memory included.
    package let file: Int64?
    /// Shared memory and tmpfs, which are part of `file`.
    package let shmem: Int64?
    /// Kernel memory of all kinds that is charged to the group.
    package let kernel: Int64?
    /// Slab objects, reclaimable or not; a part of `kernel`.
    package let slab: Int64?
    /// Slab objects that the kernel can't reclaim; a part of `slab`.
    package let slabUnreclaimable: Int64?
    /// Buffers of network sockets.
    package let sockets: Int64?
    /// Anonymous memory that was swapped out.
    package let swap: Int64?
    /// Groups below that were removed but still hold memory.
    package let dying: Int64?
    /// Bytes that `memory` gained since the first sample; nil where there was one only.
    package let gained: Int64?

    /// Whether the group lies directly below the root; the groups that do add up to all.
    package var isTop: Bool { !path.contains("/") }
  }

  /// When and on which boot the numbers were read.
  package let moment: Moment
  /// Seconds since the first sample; nil where there was one only.
  package let seconds: Double?
  /// The version of the hierarchy that counts memory, 1 or 2.
  package let version: Int
  /// By what the rows are sorted.
  package let order: Order
  /// All control groups but the root, in that order.
  package let rows: [Row]
  /// The root's own numbers, where the kernel tells them.
  package let root: Row?

  /// Ranks the control groups of a snapshot; nil if it holds none.
  package init?(_ snapshot: Snapshot, since earlier: Snapshot? = nil, order: Order = .memory) {
    guard let all = snapshot.cgroups.value,
      let version = all.first(where: { $0.memory != nil || $0.stat != nil })?.version
    else { return nil }
    moment = Moment(snapshot)
    self.version = version
    self.order = order
    let isSameBoot = earlier.map { $0.host.sameBoot(as: snapshot.host) != .different } ?? false
    let before = isSameBoot ? earlier?.cgroups.value : nil
    seconds = Self.seconds(before == nil ? nil : earlier, snapshot)
    let old = Dictionary(
      (before ?? []).filter { $0.version == version }.map { ($0.path, $0) }
    ) { first, _ in first }
    let rows = all.filter { $0.version == version }.map { group in
      Row(group, gained: before.flatMap { _ in Self.gain(old[group.path], group) })
    }
    root = rows.first { $0.path.isEmpty }
    self.rows = rows.filter { !$0.path.isEmpty }.sorted { $0.precedes($1, order) }
  }

  /// What the groups directly below the root hold together, in bytes.
  package var total: Int64 { rows.filter(\.isTop).compactMap(\.memory).sum { $0 } }

  /// How many removed groups still hold memory, on the whole machine.
  package var dying: Int64? {
    root?.dying ?? rows.filter(\.isTop).compactMap(\.dying).reduce(nil) { ($0 ?? 0).plus($1) }
  }

  private static func seconds(_ earlier: Snapshot?, _ later: Snapshot) -> Double? {
    guard let start = earlier?.host.upTime, let end = later.host.upTime, end >= start else {
      return nil
    }
    return end - start
  }

  /// The bytes a group gained; a group that is new gained all it has.
  private static func gain(_ before: Cgroup?, _ after: Cgroup) -> Int64? {
    guard let now = after.memory else { return nil }
    guard let before else { return now }
    return before.memory.map { now.minus($0) }
  }
}

extension CgroupTop.Row {
  fileprivate init(_ group: Cgroup, gained: Int64?) {
    path = group.path
    memory = group.memory
    anonymous = group.anonymous
    file = group.file
    shmem = group.shmem
    kernel = group.kernel
    slab = group.slab
    slabUnreclaimable = group.slabUnreclaimable
    sockets = group.sockets
    swap = group.swap
    dying = group.dyingDescendants
    self.gained = gained
  }

  fileprivate func precedes(_ other: Self, _ order: CgroupTop.Order) -> Bool {
    let keys = (key(order), other.key(order))
    return keys.0 == keys.1 ? path < other.path : keys.0 > keys.1
  }

  private func key(_ order: CgroupTop.Order) -> Int64 {
    switch order {
    case .memory: memory ?? -1
    case .anon: anonymous ?? -1
    case .file: file ?? -1
    case .kernel: kernel ?? -1
    case .swap: swap ?? -1
    case .dying: dying ?? -1
    case .growth: gained ?? .min
    case .name: 0
    }
  }
}
