import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemSources

/// Takes the samples of a check, each of which reads as few files as it can: what reading takes is
/// measured beside the command's own.
final class CheckSampler {
  /// Which caches are reclaimable, from the first sample: it never changes.
  private var lasting: [String: SourceReading] = [:]

  /// - Throws: `Failure` if nothing can be read.
  func sample() throws(Failure) -> MemoryModel {
    do {
      let catalog: SourceCatalog = lasting.isEmpty ? .amounts : .changingAmounts
      var capture = try LiveKernel(catalog: catalog).capture()
      if lasting.isEmpty {
        lasting = capture.sources.filter { $0.key.hasPrefix(SlabAliases.directory + "/") }
      }
      capture.sources.merge(lasting) { new, _ in new }
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
