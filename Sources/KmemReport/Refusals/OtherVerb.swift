import KmemParsers
package import KmemSnapshot

/// The command that reads a file which was given to one that can't.
package enum OtherVerb: Sendable {
  case leaks, log, configuration

  /// Nothing where the capture is more than one file that tells nothing of amounts of memory.
  package init?(for capture: Capture, _ snapshot: Snapshot) {
    guard capture.kind == .file, capture.sources.count == 1, let path = capture.sources.keys.first
    else { return nil }
    switch path {
    case KmemleakFile.path: self = .leaks
    case KernelFile.kernelLog.path:
      guard let log = snapshot.outOfMemory, log.kills.isEmpty, log.reports.isEmpty else {
        return nil
      }
      self = .log
    case KernelConfig.path, KernelConfig.packed.path: self = .configuration
    default: return nil
    }
  }

  /// What the file is.
  var kind: String {
    switch self {
    case .leaks: "a kmemleak report, which tells of lost objects and not of memory in use"
    case .log: "a kernel log without a report on memory, in which only kmemleak may tell something"
    case .configuration: "a kernel configuration, which tells nothing of memory in use"
    }
  }

  /// The command that reads a kernel file of another kind than kmemleak's.
  static func command(reading file: KernelFile, named name: String) -> String {
    let isConfiguration = file.path == KernelConfig.path || file == KernelConfig.packed
    return isConfiguration
      ? OtherVerb.configuration.command(name) : "kmemcheck show \(InputName.reference(to: name))"
  }

  /// How to have it read.
  func command(_ origin: String) -> String {
    let file = InputName.reference(to: origin)
    return switch self {
    case .leaks, .log: "kmemcheck leaks \(file)"
    case .configuration: "kmemcheck status --config \(file)"
    }
  }
}
