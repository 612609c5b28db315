import ArgumentParser
import KmemSources

extension ParsableCommand {
  /// Refuses a label by which the snapshot could never be asked for.
  ///
  /// - Throws: `ValidationError` with the reason.
  static func validate(label: String?) throws {
    if let reason = label.flatMap(SnapshotReference.objection) { throw ValidationError(reason) }
  }
}
