/// What a control group of a container is called by those who run it.
package struct ContainerName: Hashable, Sendable {
  /// The namespace; nil outside Kubernetes, and where no log tells it.
  package let namespace: String?
  /// The pod; its uid where no log tells its name, nil outside Kubernetes.
  package let pod: String?
  /// The container's name, else the first twelve digits of its id.
  package let container: String

  /// Finds the name of a group by its path; nothing if it is no container's.
  ///
  /// The kubelet, Docker, Podman, containerd and CRI-O name groups by ids of 64 hexadecimal digits:
  /// `kubepods.slice/…-pod<uid>.slice/cri-containerd-<id>.scope`, `system.slice/docker-<id>.scope`,
  /// `docker/<id>`.
  package init?(group path: String, logs: ContainerLogs = ContainerLogs([])) {
    let steps = path.split(separator: "/")
    guard let last = steps.last, let id = Self.identifier(in: last) else { return nil }
    if let named = logs.names[id] {
      self = named
      return
    }
    namespace = nil
    pod = steps.dropLast().lazy.compactMap(Self.podIdentifier).last
    container = String(id.prefix(12))
  }

  fileprivate init(namespace: String, pod: String, container: String) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
  }

  /// The 64 digits at the end of a step, with or without `.scope`.
  private static func identifier(in step: Substring) -> String? {
    let name = step.hasSuffix(".scope") ? step.dropLast(".scope".count) : step
    // CRI-O keeps the process that watches a container in a group of its own.
    guard !name.contains("conmon") else { return nil }
    let digits = name.suffix(64)
    guard digits.utf8.count == 64, digits.utf8.allSatisfy(\.isLowercaseHex) else { return nil }
    let before = name.dropLast(64).last
    return before == nil || before == "-" ? String(digits) : nil
  }

  /// The uid behind `pod`; systemd's names of slices have `_` for `-`.
  private static func podIdentifier(_ step: Substring) -> String? {
    guard let range = step.ranges(of: "pod").last(where: { $0.upperBound < step.endIndex }) else {
      return nil
    }
    var name = step[range.upperBound...]
    if name.hasSuffix(".slice") { name = name.dropLast(".slice".count) }
    guard name.utf8.count >= 32,
      name.utf8.allSatisfy({ $0.isLowercaseHex || $0 == 0x2D || $0 == 0x5F })
    else { return nil }
    return String(name.map { $0 == "_" ? "-" : $0 })
  }
}

/// The names of containers by their ids, as the kubelet names its links to their logs:
/// `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`.
package struct ContainerLogs: Sendable {
  fileprivate let names: [String: ContainerName]

  /// Takes the names of the files apart; what is named otherwise is passed over.
  package init(_ files: [String]) {
    names = Dictionary(files.compactMap(Self.entry)) { first, _ in first }
  }

  private static func entry(_ file: String) -> (String, ContainerName)? {
    guard file.hasSuffix(".log") else { return nil }
    let parts = file.dropLast(".log".count).split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 3, let dash = parts[2].lastIndex(of: "-") else { return nil }
    let (container, id) = (parts[2][..<dash], parts[2][parts[2].index(after: dash)...])
    guard id.utf8.count == 64, id.utf8.allSatisfy(\.isLowercaseHex), !container.isEmpty else {
      return nil
    }
    return (
      String(id),
      ContainerName(
        namespace: String(parts[1]), pod: String(parts[0]), container: String(container))
    )
  }
}

extension UInt8 {
  fileprivate var isLowercaseHex: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
  }
}
