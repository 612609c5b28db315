package import KmemAnalysis
package import KmemSnapshot

extension Growth {
  /// What changed between two snapshots of a test.
  package init(from before: Snapshot, to after: Snapshot) {
    self.init(from: MemoryModel(before), to: MemoryModel(after))
  }
}

extension DiffReport {
  /// What `diff` tells of two snapshots of a test.
  package init(from before: Snapshot, to after: Snapshot) {
    self.init(from: MemoryModel(before), to: MemoryModel(after))
  }
}

extension Health {
  /// The health of a snapshot of a test.
  package init(_ snapshot: Snapshot) { self.init(MemoryModel(snapshot)) }
}

extension MemoryAmounts {
  /// The amounts of a snapshot of a test.
  package init(_ snapshot: Snapshot) { self.init(MemoryModel(snapshot)) }
}
