import KmemParsers

/// What the configuration says of one option.
package struct OptionFinding: Hashable, Sendable {
  /// The option's name without `CONFIG_`.
  package let name: String
  /// What the configuration sets the option to.
  package let setting: Setting
  /// Where the configuration was; nothing if it isn't known.
  package let origin: String?

  /// What a configuration can say of an option.
  package enum Setting: Hashable, Sendable {
    case yes, module, no
    /// The configuration doesn't mention the option, which means no.
    case unmentioned
    case value(String)
    /// The configuration isn't known.
    case unknown
  }

  /// Whether the option is built in or a module.
  var isOn: Bool {
    switch setting {
    case .yes, .module, .value: true
    case .no, .unmentioned, .unknown: false
    }
  }

  var isOff: Bool { setting == .no || setting == .unmentioned }
  var isUnknown: Bool { setting == .unknown }
  var isUnmentioned: Bool { setting == .unmentioned }

  /// The value, if the option has one that is neither yes nor no.
  var value: String? {
    guard case .value(let value) = setting else { return nil }
    return value
  }

  var evidence: StatusEvidence { .option(self) }
}

extension KernelFacts {
  /// What the running release's configuration says of an option (without `CONFIG_`).
  func option(_ name: String) -> OptionFinding {
    guard case .found(let config, let origin) = config else {
      return OptionFinding(name: name, setting: .unknown, origin: nil)
    }
    let setting: OptionFinding.Setting =
      switch config[name] {
      case .yes: .yes
      case .module: .module
      case .no: .no
      case .value(let value): .value(value)
      case nil: .unmentioned
      }
    return OptionFinding(name: name, setting: setting, origin: origin)
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

  /// Whether a file system of that type is mounted, and where; nothing where mounts aren't known.
  var debugfsMountPoint: String?? {
    mounts.map { $0.mounts.first { $0.type == "debugfs" }?.mountPoint }
  }
}

/// Capabilities by their numbers in `include/uapi/linux/capability.h`.
package enum Capability: UInt64, Hashable, Sendable, CaseIterable {
  case systemAdministration = 21
  case systemLog = 34
}
