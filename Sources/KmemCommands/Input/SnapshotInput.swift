import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// Finds and reads the snapshots that a user names.
struct SnapshotInput {
  /// A tree or archive that stands for the live machine, from `--root`.
  let root: String?
  let options: CommonOptions

  /// The capture that a reference names: a path, `-`, `now`, `@last`, a label, `2h ago`.
  ///
  /// - Throws: `Failure` with a sentence if there is no such capture, or no file in it is
  ///   understood.
  func capture(
    _ reference: String, readsCostly: Bool = false, processes: ProcessBudget? = nil
  ) throws(Failure) -> Capture {
    do {
      let resolved = try Store.current.resolve(reference)
      if let note = resolved.note { options.remark("kmemcheck: \(note)") }
      let location = resolved.location == .now ? root.map(Location.path) ?? .now : resolved.location
      let wanted = CaptureOptions(
        tool: Version.current, readsCostly: readsCostly, processes: processes)
      return try KmemSources.capture(at: location, wanted).withConfiguration().withModuleNames()
    } catch {
      throw Failure(error)
    }
  }

  /// The snapshot that a reference names.
  ///
  /// - Throws: `Failure` as above, and if not one of its sources could be read.
  func snapshot(_ reference: String) throws(Failure) -> Snapshot {
    try snapshot(of: try capture(reference))
  }

  /// The snapshot that a capture holds.
  ///
  /// - Throws: `Failure` if not one of its sources could be read.
  func snapshot(of capture: Capture) throws(Failure) -> Snapshot {
    let snapshot = Snapshot(capture)
    guard snapshot.isEmpty else { return snapshot }
    let refusal: InputRefusal =
      snapshot.remarks.isEmpty
      ? .noMemoryFiles(origin: snapshot.origin, others: snapshot.coverage.read)
      : .nothingReadable(origin: snapshot.origin, snapshot.remarks)
    throw Failure(status: .badData, refusal)
  }
}
