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
  /// `keepsTexts` keeps the texts of processes too, of which a snapshot needs what they tell; `catalog` is
  /// what is read of a live machine.
  ///
  /// - Throws: `Failure` with a sentence if there is no such capture, or no file in it is
  ///   understood.
  func capture(
    _ reference: String, readsCostly: Bool = false, processes: ProcessBudget? = nil,
    keepsTexts: Bool = false, catalog: SourceCatalog = .live
  ) throws(Failure) -> Capture {
    let captures = try captures(
      reference, readsCostly: readsCostly, processes: processes, wholeTexts: false,
      keepsTexts: keepsTexts, catalog: catalog)
    guard let capture = captures.last else {
      throw Failure(status: .badData, InputRefusal.nothingReadable(origin: reference, []))
    }
    if let moment = capture.textMoment, moment.count > 1, !reference.hasSuffix("@\(moment.number)")
    {
      options.remark("kmemcheck: \(InputRemark.lastOfMoments(moment).sentence)")
    }
    return capture
  }

  /// The capture that a reference names; the first and the last one, if it names a text that holds
  /// several moments.
  ///
  /// - Throws: `Failure` as above.
  func ends(_ reference: String) throws(Failure) -> [Capture] {
    try captures(reference, wholeTexts: true)
  }

  private func captures(
    _ reference: String, readsCostly: Bool = false, processes: ProcessBudget? = nil,
    wholeTexts: Bool, keepsTexts: Bool = false, catalog: SourceCatalog = .live
  ) throws(Failure) -> [Capture] {
    do {
      let resolved = try Store.current.resolve(reference)
      if let note = resolved.note { options.remark("kmemcheck: \(note)") }
      let location = resolved.location == .now ? root.map(Location.path) ?? .now : resolved.location
      var wanted = CaptureOptions(
        tool: Version.current, readsCostly: readsCostly, processes: processes)
      wanted.limits.parsesProcesses = !keepsTexts
      let choice = resolved.moment.map(MomentChoice.number) ?? (wholeTexts ? .ends : .last)
      return try KmemSources.captures(at: location, wanted, choice, catalog: catalog)
        .map { $0.withConfiguration().withModuleNames() }
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
    guard capture.group == nil else {
      throw Failure(status: .badData, InputRefusal.otherVerb(origin: capture.origin, .group))
    }
    let snapshot = Snapshot(capture)
    if let verb = OtherVerb(for: capture, snapshot) {
      throw Failure(status: .badData, InputRefusal.otherVerb(origin: snapshot.origin, verb))
    }
    if capture.kind == .file, capture.sources[KmemleakFile.path] != nil,
      !snapshot.reportsAlone.isEmpty
    {
      options.remark("kmemcheck: \(OtherVerb.leaks.besides(snapshot.origin))")
    }
    guard snapshot.isEmpty else { return snapshot }
    if capture.kind == .file, capture.sources.count == 1, snapshot.remarks.isEmpty,
      let file = KernelFiles.all.first(where: { $0.path == capture.sources.keys.first })
    {
      throw Failure(
        status: .badData, InputRefusal.tellsNothingAlone(origin: snapshot.origin, file))
    }
    let refusal: InputRefusal =
      snapshot.remarks.isEmpty
      ? .noMemoryFiles(origin: snapshot.origin, others: snapshot.coverage.read)
      : .nothingReadable(origin: snapshot.origin, snapshot.remarks)
    throw Failure(status: .badData, refusal)
  }
}
