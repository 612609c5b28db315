import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSources

// Options take the values of the analysis and the reports themselves: a case that is added there is
// accepted here, and none is lost on the way.

extension Finding.Severity: ExpressibleByArgument {}
extension FoldedStacks.Source: ExpressibleByArgument {}
extension KernelTop.Order: ExpressibleByArgument {}
extension ProcessTop.Order: ExpressibleByArgument {}
extension ProcessTop.Grouping: ExpressibleByArgument {}
extension CgroupTop.Order: ExpressibleByArgument {}
extension MemoryMap.Order: ExpressibleByArgument {}
extension DiffText.Grouping: ExpressibleByArgument {}
extension MapText.Merging: ExpressibleByArgument {}
extension TopText.Kind: ExpressibleByArgument {}

extension ParsableCommand {
  /// Refuses a label by which the snapshot could never be asked for.
  ///
  /// - Throws: `ValidationError` with the reason.
  static func validate(label: String?) throws {
    if let reason = label.flatMap(SnapshotReference.objection) { throw ValidationError(reason) }
  }
}
