import KmemSnapshot
import KmemSources

/// Notes where modules lie while a command runs, which may load and unload them.
final class ModuleListRecorder {
  private(set) var snapshots: [Snapshot] = []
  private var last: [UInt8] = []
  /// The most lists that are kept: enough for a command that loads a module a thousand times.
  private static let most = 4000

  /// Keeps the list if it changed since the last call; cheap enough to be called often.
  func record() {
    let list = LiveFacts.modules()
    guard list != last, snapshots.count < Self.most else { return }
    last = list
    guard let capture = try? LiveKernel(catalog: .besideLeaks).capture() else { return }
    snapshots.append(Snapshot(capture))
  }
}
