import KmemAnalysis
import KmemSnapshot
import KmemSources

/// The earlier moment of this boot that growth is measured from.
struct GrowthSince {
  let snapshot: Snapshot
  /// What it is called in the answer.
  let name: String

  /// The snapshot that the user named as the baseline, or else the last one of this boot.
  init?(baseline: String?, boot: String, options: CommonOptions) {
    let found = baseline.map { ($0, $0) } ?? Self.last(boot)
    guard let (path, name) = found else { return nil }
    let quiet = SnapshotInput(root: nil, options: options)
    guard let snapshot = try? quiet.snapshot(path), snapshot.slabinfo.value != nil,
      snapshot.host.bootID == boot
    else { return nil }
    self.snapshot = snapshot
    self.name = name
  }

  private static func last(_ boot: String) -> (path: String, name: String)? {
    let capture = Store.current.list().first { $0.manifest?.bootID == boot }
    return capture.map { ($0.path, $0.manifest?.label ?? "the last snapshot") }
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
