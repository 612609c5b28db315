import KmemParsers
package import KmemSnapshot

/// The command that reads a file which was given to one that can't.
package enum OtherVerb: Sendable {
  case leaks, log, configuration

  /// Nothing where the capture is more than one file that tells nothing of amounts of memory.
  package init?(for capture: Capture, _ snapshot: Snapshot) {
    guard capture.kind == .file, capture.sources.count == 1, let path = capture.sources.keys.first
    else { return nil }
    let log = snapshot.outOfMemory
    let isSilent = log.map { $0.kills.isEmpty && $0.reports.isEmpty } ?? true
    switch path {
    case KmemleakFile.path where isSilent: self = .leaks
    case KernelFile.kernelLog.path where log != nil && isSilent: self = .log
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

  /// That a text holds this too, beside what is read of it.
  package func besides(_ origin: String) -> String {
    "\(origin) holds \(kind) too: \(command(origin)) reads that"
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
