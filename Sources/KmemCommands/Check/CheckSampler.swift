import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemSources

/// Takes the samples of a check, each of which reads as few files as it can: what reading takes is
/// measured beside the command's own.
final class CheckSampler {
  /// Which caches are merged and which are reclaimable, from the first sample: it never changes.
  private var lasting: Capture?

  /// - Throws: `Failure` if nothing can be read.
  func sample() throws(Failure) -> MemoryModel {
    do {
      let catalog: SourceCatalog = lasting == nil ? .amounts : .changingAmounts
      var capture = try LiveKernel(catalog: catalog).capture()
      let first = lasting ?? capture.lasting
      lasting = first
      capture.sources.merge(first.sources) { new, _ in new }
      capture.links = first.links
      return MemoryModel(Snapshot(capture))
    } catch {
      throw Failure(error)
    }
  }

  /// A whole snapshot, of what the catalog lists.
  ///
  /// - Throws: `Failure` if nothing can be read.
  static func snapshot(_ catalog: SourceCatalog) throws(Failure) -> Snapshot {
    do {
      return Snapshot(try LiveKernel(catalog: catalog).capture())
    } catch {
      throw Failure(error)
    }
  }
}
