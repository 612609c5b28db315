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
  /// - Throws: `Failure` with a sentence if there is none, or nothing in it that is understood.
  func capture(
    _ reference: String, readsCostly: Bool = false, processes: ProcessBudget? = nil
  ) throws(Failure) -> Capture {
    do {
      let resolved = try Store.current.resolve(reference)
      if let note = resolved.note { options.remark("kmemcheck: \(note)") }
      let location = resolved.location == .now ? root.map(Location.path) ?? .now : resolved.location
      let wanted = CaptureOptions(
        tool: KmemcheckCommand.version, readsCostly: readsCostly, processes: processes)
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

extension Capture {
  /// The capture with the kernel's configuration unpacked from `proc/config.gz`.
  ///
  /// It stands beside the packed one in memory only: a capture on disk holds what the kernel gave.
  func withConfiguration() -> Capture {
    let packed = self[KernelConfig.packed.path]
    guard packed.outcome == .read, sources[KernelConfig.path] == nil, !packed.bytes.isEmpty else {
      return self
    }
    var capture = self
    do {
      capture.sources[KernelConfig.path] = SourceReading(
        outcome: .read, bytes: try decompressed(packed.bytes))
    } catch {
      capture.remarks.append(InputRemark.configurationNotUnpacked(error: "\(error)").sentence)
    }
    return capture
  }
}
