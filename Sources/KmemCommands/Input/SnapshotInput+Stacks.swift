import KmemAnalysis
import KmemReport
import KmemSnapshot

extension SnapshotInput {
  /// What each stack of a source holds, in the snapshot that a reference names.
  ///
  /// - Throws: `Failure` if there is no such snapshot, or no such stack in it.
  func stacks(_ source: FoldedStacks.Source, in reference: String) throws(Failure) -> FoldedStacks {
    try stacks(source, of: try capture(reference, readsCostly: source.isCostly))
  }

  /// What each stack of a source holds, in a capture.
  ///
  /// - Throws: `Failure` if there is no such stack.
  func stacks(_ source: FoldedStacks.Source, of capture: Capture) throws(Failure) -> FoldedStacks {
    let snapshot = try snapshot(of: capture)
    guard let stacks = FoldedStacks(source, of: MemoryModel(snapshot)) else {
      throw Failure(
        status: .noSuchInput,
        InputRefusal.nothing(
          of: .stacks(source), origin: snapshot.origin, source.missing(in: snapshot)))
    }
    return stacks
  }
}

extension FoldedStacks.Source {
  /// Whether the running kernel is asked for it only if a user wants it: listing all stacks takes it
  /// time.
  var isCostly: Bool { self != .allocinfo }

  /// Why a snapshot has nothing of the source; nil where it's there and tells nothing.
  fileprivate func missing(in snapshot: Snapshot) -> Missing? {
    switch self {
    case .allocTraces: nil
    case .pageOwner: snapshot.pageOwner.missing
    case .allocinfo: snapshot.allocinfo.missing
    }
  }
}
