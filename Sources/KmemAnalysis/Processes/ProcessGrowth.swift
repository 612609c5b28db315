package import KmemSnapshot

/// What each process gained between two snapshots of one boot.
///
/// A process is the same one if pid and start time are. kmemcheck, which took the snapshots, isn't
/// among them.
package struct ProcessGrowth: Sendable {
  /// One process at both moments.
  package struct Change: Hashable, Sendable {
    /// The process in the later snapshot.
    package let process: ProcessMemory
    /// The process in the earlier snapshot; nil if it has been started since.
    package let before: ProcessMemory?
    /// Bytes gained; nil where the amount isn't known at both moments in the same way.
    package let gained: Int64?
    /// Whether the process has been started since the earlier snapshot.
    package var isNew: Bool { before == nil }
    /// File descriptors gained; nil where a number isn't known.
    package var descriptors: Int64? {
      guard let after = process.descriptors else { return nil }
      guard let before else { return after }
      return before.descriptors.map { after.minus($0) }
    }
  }

  /// The processes of the later snapshot that have memory of their own.
  package let changes: [Change]
  /// The processes of the first snapshot that have ended.
  package let ended: [ProcessMemory]
  private let amount: Amount
  /// Positions in `changes`: a table of the changes themselves took 100 MB of 50,000 processes.
  private let byPid: [Int: Int]

  /// The amount whose growth is asked for.
  package typealias Amount = @Sendable (ProcessMemory) -> Int64?

  /// Compares two snapshots; nil if one of them holds no processes, or they are of two boots.
  package init?(
    from earlier: Snapshot?, to later: Snapshot, of order: ProcessTop.Order = .uss
  ) {
    guard let earlier, let first = earlier.processes.value, let last = later.processes.value,
      earlier.host.sameMachine(as: later.host) != .different,
      earlier.host.sameBoot(as: later.host) != .different
    else { return nil }
    amount = Self.amount(order)
    var before: [ProcessIdentity: Int] = [:]
    for (position, record) in first.records.enumerated() where first.isOther(record) {
      if let identity = record.identity { before[identity] = position }
    }
    var changes: [Change] = []
    for record in last.records where last.isOther(record) {
      guard let identity = record.identity else { continue }
      let old = before.removeValue(forKey: identity).map { ProcessMemory(first.records[$0]) }
      let process = ProcessMemory(record)
      changes.append(
        Change(process: process, before: old, gained: Self.gain(old, process, amount, order)))
    }
    self.changes = changes
    byPid = Dictionary(changes.enumerated().map { ($1.process.pid, $0) }) { first, _ in first }
    ended = before.values.map { ProcessMemory(first.records[$0]) }.sorted { $0.pid < $1.pid }
  }

  /// The change of that process; nil if it has none.
  package subscript(process: ProcessMemory) -> Change? { byPid[process.pid].map { changes[$0] } }

  /// The bytes that all processes gained, less what the ended ones had.
  package var total: Int64 {
    changes.compactMap(\.gained).sum { $0 }.minus(ended.compactMap(amount).sum { $0 })
  }

  private static func amount(_ order: ProcessTop.Order) -> Amount {
    switch order {
    case .uss, .growth, .name: { $0.uss ?? $0.anonymous }
    case .pss: { $0.pss }
    case .rss: { $0.rss }
    case .vss: { $0.vss }
    case .swap: { $0.swap }
    }
  }

  /// The bytes gained, in an amount known at both moments.
  ///
  /// USS of one moment and the estimate of another can't be compared; RssAnon is compared then.
  private static func gain(
    _ before: ProcessMemory?, _ after: ProcessMemory, _ amount: Amount, _ order: ProcessTop.Order
  ) -> Int64? {
    guard let before else { return amount(after) }
    let isUnlike = before.isMeasured != after.isMeasured
    if isUnlike, [.uss, .growth, .name].contains(order) {
      return difference(before.anonymous, after.anonymous)
    }
    return difference(amount(before), amount(after))
  }

  private static func difference(_ before: Int64?, _ after: Int64?) -> Int64? {
    guard let before, let after else { return nil }
    return after.minus(before)
  }
}

extension ProcessList {
  /// Whether the process has memory of its own and isn't kmemcheck, which took the snapshots.
  fileprivate func isOther(_ record: ProcessRecord) -> Bool {
    record.hasMemory && record.pid != reader
  }
}
