import KmemAnalysis
import KmemSnapshot
import KmemSources

/// The earlier snapshot of this boot that growth is measured from.
struct GrowthBaseline {
  let snapshot: Snapshot

  /// The snapshot that the user named as the baseline, or else the last one of this boot.
  init?(baseline: String?, boot: String, options: CommonOptions) {
    guard let path = baseline ?? Self.last(boot) else { return nil }
    let quiet = SnapshotInput(root: nil, options: options)
    guard let snapshot = try? quiet.snapshot(path), snapshot.slabinfo.value != nil,
      snapshot.host.bootID == boot
    else { return nil }
    self.snapshot = snapshot
  }

  private static func last(_ boot: String) -> String? {
    Store.current.list().first { $0.manifest?.bootID == boot }?.path
  }

  /// The growth up to now.
  func growth() throws(Failure) -> Growth {
    do {
      let now = try LiveKernel(catalog: .withoutLeaks).capture().withConfiguration()
      return Growth(from: snapshot, to: Snapshot(now))
    } catch {
      throw Failure(error)
    }
  }
}
