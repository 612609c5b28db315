extension WatchReport {
  /// Why a watch goes on although a culprit is named.
  package enum Doubt: Hashable, Sendable {
    /// The process began so many seconds ago: one that ends soon gives everything back.
    case young(Double)
    /// All memory in use grows by so many bytes a second more than is explained.
    case more(Double)
  }

  /// The seconds that a program must have run before its growth is worth ending a watch: compilers,
  /// linkers and package managers mostly take less.
  package static let settled = 300.0

  /// The same of a process that the user asked about: it is meant to last, and may still be filling what it
  /// works with.
  private static let settledIfAsked = 60.0

  /// Ticks a second in which the kernel tells when a process began (USER_HZ).
  private static let ticks = 100.0

  /// What speaks against ending the watch now; nil where nothing does.
  package var doubt: Doubt? {
    guard let culprit else { return nil }
    let settled = isOfProcesses ? Self.settledIfAsked : Self.settled
    if let age = age(of: culprit), age < settled { return .young(age) }
    guard !isOfProcesses else { return nil }
    let more = (inUse?.verdict.low ?? 0) - explained(by: culprit)
    return more > explained(by: culprit) ? .more(more) : nil
  }

  /// How long the program has run; of a sum over programs, how long it was watched.
  private func age(of row: WatchRow) -> Double? {
    if let process = row.id.process { return max(0, now - Double(process.startTime) / Self.ticks) }
    switch row.id.kind {
    case .command, .commandProcesses, .cgroup: return seconds
    default: return nil
    }
  }

  /// Whether the row is of a process that began once a tenth of the watch had passed.
  func beganMeanwhile(_ row: WatchRow) -> Bool {
    row.id.process != nil && (age(of: row).map { $0 < seconds * 0.9 } ?? false)
  }

  /// How young the culprit is, where it may still be short-lived.
  package var youth: Double? {
    guard let culprit, culprit.id.process != nil else { return nil }
    return age(of: culprit).flatMap { $0 < Self.settled ? $0 : nil }
  }

  /// Bytes a second that the culprit and what comes with it make grow.
  private func explained(by culprit: WatchRow) -> Double {
    let byProducts = growing.filter { $0.unit == .bytes && ($0.isByProduct || $0.id == culprit.id) }
    let classes = byProducts.filter { $0.id.kind == .memoryClass }.map(\.rate).reduce(0, +)
    return max(classes, byProducts.map(\.rate).max() ?? 0)
  }
}
