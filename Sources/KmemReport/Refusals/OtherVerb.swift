import KmemParsers
package import KmemSnapshot

/// The command that reads a file which was given to one that can't.
package enum OtherVerb: Sendable {
  case leaks, configuration

  /// Nothing where the capture is more than one file that tells nothing of amounts of memory.
  package init?(for capture: Capture) {
    guard capture.kind == .file, capture.sources.count == 1, let path = capture.sources.keys.first
    else { return nil }
    switch path {
    case KmemleakFile.path: self = .leaks
    case KernelConfig.path, KernelConfig.packed.path: self = .configuration
    default: return nil
    }
  }

  /// What the file is.
  var kind: String {
    switch self {
    case .leaks: "a kmemleak report, which tells of lost objects and not of memory in use"
    case .configuration: "a kernel configuration, which tells nothing of memory in use"
    }
  }

  /// How to have it read.
  func command(_ origin: String) -> String {
    switch self {
    case .leaks: "kmemcheck leaks \(origin)"
    case .configuration: "kmemcheck status --config \(origin)"
    }
  }
}
