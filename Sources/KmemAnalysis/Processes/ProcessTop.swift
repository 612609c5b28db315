internal import KmemParsers
package import KmemSnapshot

/// What in user space holds memory: processes, or their sums by user or command.
package struct ProcessTop: Sendable {
  /// By what rows are sorted, the largest first.
  package enum Order: String, CaseIterable, Sendable {
    case uss, pss, rss, vss, swap, growth, name
  }

  /// What processes are summed by.
  package enum Grouping: String, CaseIterable, Sendable {
    case user, command
  }

  /// One process, or several that are summed.
  package struct Row: Hashable, Sendable {
    /// The user's or command's name; nil for a single process.
    package let group: String?
    /// The process; of several summed ones the largest.
    package let process: ProcessMemory
    /// The user's name or number, `?` where no file tells it; nil for processes of several users.
    package let user: String?
    /// The memory of the row's processes.
    package let sums: ProcessSums
    /// Bytes gained since the first sample, of the amount by which rows are sorted; nil where there
    /// was one sample only.
    package let gained: Int64?
    /// Whether the process was started after the first sample.
    package let isNew: Bool
  }

  /// When and on which boot the numbers were read.
  package let moment: Moment
  /// Seconds since the first sample; nil where there was one only.
  package let seconds: Double?
  /// By what the rows are sorted.
  package let order: Order
  /// What processes are summed by; nil where each has a row.
  package let grouping: Grouping?
  /// The rows, the largest first.
  package let rows: [Row]
  /// The memory of all processes.
  package let total: ProcessSums
  /// What all processes gained, less what the ended ones had; nil where there was one sample only.
  package let gained: Int64?
  /// How many processes could be read, and how far.
  package let coverage: ProcessCoverage
  /// Whether root read them, so that nobody could have read more.
  package let isRoot: Bool
  /// MemTotal, to compare the amounts with; nil where it isn't known.
  package let memory: Int64?

  /// The processes of a snapshot, and what they gained since an earlier one of the same boot.
  ///
  /// Nil if the snapshot holds no processes. `users` gives names to user ids.
  package init?(
    _ snapshot: Snapshot, since earlier: Snapshot? = nil, order: Order = .uss,
    by grouping: Grouping? = nil, users: (UInt32) -> String? = { _ in nil }
  ) {
    guard let list = snapshot.processes.value else { return nil }
    moment = Moment(snapshot)
    seconds = Self.seconds(from: earlier, to: snapshot)
    self.order = order
    self.grouping = grouping
    isRoot = snapshot.readerID == 0
    coverage = list.coverage
    memory = snapshot.meminfo.value?[.memTotal]?.bytes
    let growth = ProcessGrowth(from: earlier, to: snapshot, of: order)
    let singles = list.records.filter(\.hasMemory).map { record -> Row in
      let process = ProcessMemory(record)
      let change = growth?[process]
      let user = record.userID.map { users($0) ?? String($0) } ?? "?"
      return Row(
        group: nil, process: process, user: user, sums: ProcessSums([process]),
        gained: change?.gained, isNew: change?.isNew ?? false)
    }
    total = ProcessSums(singles.map(\.process))
    gained = growth?.total
    let rows = grouping.map { Self.grouped(singles, by: $0, order) } ?? singles
    self.rows = rows.sorted { $0.precedes($1, order) }
  }

  private static func seconds(from earlier: Snapshot?, to later: Snapshot) -> Double? {
    guard let start = earlier?.host.upTime, let end = later.host.upTime, end >= start else {
      return nil
    }
    return end - start
  }

  private static func grouped(_ rows: [Row], by grouping: Grouping, _ order: Order) -> [Row] {
    Dictionary(grouping: rows) { grouping == .user ? $0.user ?? "" : $0.process.name }
      .compactMap { name, members in
        guard let largest = members.min(by: { $0.precedes($1, order) }) else { return nil }
        let gains = members.compactMap(\.gained)
        let users = Set(members.map(\.user))
        return Row(
          group: name, process: largest.process,
          user: users.count == 1 ? largest.user : nil,
          sums: ProcessSums(members.map(\.process)),
          gained: gains.isEmpty ? nil : gains.sum { $0 }, isNew: members.allSatisfy(\.isNew))
      }
  }
}

extension ProcessTop.Row {
  /// The name of the group, or the process's own.
  package var name: String { group ?? process.name }

  fileprivate func precedes(_ other: Self, _ order: ProcessTop.Order) -> Bool {
    let keys = (key(order), other.key(order))
    if keys.0 != keys.1 { return keys.0 > keys.1 }
    return name == other.name ? process.pid < other.process.pid : name < other.name
  }

  private func key(_ order: ProcessTop.Order) -> Int64 {
    switch order {
    case .uss: sums.uss.bytes
    // Where PSS isn't known, RSS would rank those that may not be read above all others.
    case .pss: sums.pss.isPartial ? max(sums.pss.bytes, sums.uss.bytes) : sums.pss.bytes
    case .rss: sums.rss.bytes
    case .vss: sums.vss.bytes
    case .swap: sums.swap.bytes
    case .growth: gained ?? .min
    case .name: 0
    }
  }
}
