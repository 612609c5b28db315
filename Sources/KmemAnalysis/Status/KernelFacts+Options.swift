import KmemParsers

/// What the configuration says of one option, and the sentence that shows it.
struct OptionFinding: Hashable {
  let answer: Answer
  /// What shows it, such as `/proc/config.gz: CONFIG_PAGE_OWNER is not set`.
  let evidence: String
  /// The value, if the option has one that is neither yes nor no.
  var value: String?

  enum Answer: Hashable {
    case yes, module, no, unknown
  }

  var isOn: Bool { answer == .yes || answer == .module }
  var isOff: Bool { answer == .no }
}

extension KernelFacts {
  /// What the running release's configuration says of an option (without `CONFIG_`).
  func option(_ name: String) -> OptionFinding {
    guard case .found(let config, let origin) = config else {
      return OptionFinding(
        answer: .unknown, evidence: "the configuration of this kernel isn't known")
    }
    switch config[name] {
    case .yes: return OptionFinding(answer: .yes, evidence: "\(origin): CONFIG_\(name)=y")
    case .module: return OptionFinding(answer: .module, evidence: "\(origin): CONFIG_\(name)=m")
    case .no: return OptionFinding(answer: .no, evidence: "\(origin): CONFIG_\(name) is not set")
    case .value(let value):
      return OptionFinding(
        answer: .yes, evidence: "\(origin): CONFIG_\(name)=\(value)", value: value)
    case nil:
      return OptionFinding(answer: .no, evidence: "\(origin) doesn't mention CONFIG_\(name)")
    }
  }

  /// The boot parameter as it was given; nothing if it wasn't, or the command line isn't known.
  func parameter(_ name: String) -> String? {
    guard let value = commandLine?[name] else { return nil }
    return value.map { "\(name)=\($0)" } ?? name
  }

  /// Whether the parameter occurs with that value, also if a later one says otherwise.
  func isGiven(_ name: String, _ value: String) -> Bool {
    commandLine?.parameters.contains { $0.name == name && $0.value == value } ?? false
  }

  /// Whether the reader is root; nothing where that isn't known.
  var isRoot: Bool? { userID.map { $0 == 0 } }

  /// Whether the reader holds a capability; nothing where that isn't known.
  func has(_ capability: Capability) -> Bool? {
    capabilities.map { $0 & (1 << capability.rawValue) != 0 }
  }

  /// Capabilities by their numbers in `include/uapi/linux/capability.h`.
  enum Capability: UInt64 {
    case systemAdministration = 21
    case systemLog = 34
  }

  /// Whether a file system of that type is mounted, and where; nothing where mounts aren't known.
  var debugfsMountPoint: String?? {
    mounts.map { $0.mounts.first { $0.type == "debugfs" }?.mountPoint }
  }
}
