package import KmemParsers
package import KmemSnapshot

/// The command that reads a file which was given to one that can't.
package enum OtherVerb: Sendable {
  case leaks, configuration
  /// `memory.stat` of one control group.
  case group
  /// A log, with the fault of another kind that it reports.
  case log(KernelComplaint?)

  /// Nothing where the capture is more than one file that tells nothing of amounts of memory.
  package init?(for capture: Capture, _ snapshot: Snapshot) {
    guard capture.kind == .file, capture.sources.count == 1, let path = capture.sources.keys.first
    else { return nil }
    let log = snapshot.outOfMemory
    let isSilent = log.map { $0.kills.isEmpty && $0.reports.isEmpty } ?? true
    switch path {
    case KmemleakFile.path where isSilent: self = .leaks
    case KernelFile.kernelLog.path where log != nil && isSilent:
      self = .log(KernelComplaint(in: capture[path].bytes.span))
    case KernelConfig.path, KernelConfig.packed.path: self = .configuration
    default: return nil
    }
  }

  /// What the file is.
  var kind: String {
    switch self {
    case .leaks: "a kmemleak report, which tells of lost objects and not of memory in use"
    case .log(let complaint?): "a kernel log with \(complaint.words)"
    case .log(nil):
      "a kernel log without a report on memory, in which only kmemleak may tell something"
    case .group: "memory.stat of a control group, and tells of that group alone"
    case .configuration: "a kernel configuration, which tells nothing of memory in use"
    }
  }

  /// The command that reads a kernel file of another kind than kmemleak's.
  static func command(reading file: KernelFile, named name: String) -> String {
    let isConfiguration = file.path == KernelConfig.path || file == KernelConfig.packed
    return isConfiguration
      ? OtherVerb.configuration.command(name) : "kmemcheck show \(InputName.reference(to: name))"
  }

  /// That the file is this, and which command reads it where one tells more.
  func sentence(_ origin: String) -> String {
    if case .log(.some) = self { return "\(origin) is \(kind)" }
    return "\(origin) is \(kind): \(command(origin))"
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
    case .group: "kmemcheck show \(file)"
    case .configuration: "kmemcheck status --config \(file)"
    }
  }
}
