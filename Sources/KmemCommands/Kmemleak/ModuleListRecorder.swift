import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemSources

/// Notes where modules lie while a command runs, which may load and unload them.
final class ModuleListRecorder {
  private var map = ModuleMap()
  private var last: [UInt8] = []
  private var lists = 0
  /// The most lists that are noted: enough for a command that loads a module a thousand times.
  private static let most = 4000

  /// Where modules lay by the lists so far.
  var noted: ModuleRecord { map.record }

  /// Notes the list if it changed since the last call; cheap enough to be called often.
  ///
  /// Of a list only the stays are kept: all that a capture holds, after each run of a command that loads a
  /// module, would be memory that grows with the runs.
  func record() {
    let list = LiveFacts.modules()
    guard list != last, lists < Self.most else { return }
    last = list
    guard let capture = try? LiveKernel(catalog: .modulePlaces).capture() else { return }
    map.add(Snapshot(capture))
    lists += 1
  }
}
