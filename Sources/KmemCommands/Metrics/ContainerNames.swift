import KmemAnalysis
import KmemSnapshot
import KmemSources

/// The names of the containers of a machine, and the kernel's memory that is counted for each.
struct ContainerNames {
  private static let directory = "/var/log/containers"
  private let logs: ContainerLogs

  /// On a live machine the kubelet's links to logs tell names; captures don't hold them.
  init(_ capture: Capture) {
    logs = ContainerLogs(capture.kind == .live ? LiveFacts.entries(of: Self.directory) : [])
  }

  /// The containers whose groups the snapshot holds, the most kernel memory first.
  func memory(in snapshot: Snapshot) -> [MetricsFacts.PodMemory] {
    (snapshot.cgroups.value ?? []).compactMap { group in
      guard let bytes = group.kernel, let name = ContainerName(group: group.path, logs: logs) else {
        return nil
      }
      return MetricsFacts.PodMemory(
        namespace: name.namespace, pod: name.pod, container: name.container, bytes: bytes)
    }.sorted { ($0.bytes, $1.container) > ($1.bytes, $0.container) }
  }
}
