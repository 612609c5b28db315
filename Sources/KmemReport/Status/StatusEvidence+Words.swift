import KmemAnalysis
import KmemSnapshot

extension StatusEvidence {
  /// What was seen, as a sentence without its full stop.
  var words: String {
    switch self {
    case .option(let option): option.words
    case .configuration(let origin): "\(origin) is the configuration of this kernel"
    case .noConfiguration(let absence):
      absence?.words ?? "no configuration of this kernel was found"
    case .file(let path, let fact): fact.words(path)
    case .value(let path, let value): "\(path): \(value)"
    case .notRead(let path): "\(path) wasn't read"
    case .notGiven(let parameter): "/proc/cmdline has no \(parameter.text)"
    case .commandLineUnknown: "the command line isn't known"
    case .debugfsMounted(let mountPoint): "/proc/mounts: debugfs at \(mountPoint)"
    case .debugfsNotMounted: "/proc/mounts has no debugfs"
    case .debugfsNotListed: "/proc/filesystems doesn't list debugfs"
    case .userUnknown: "the reader's user id isn't known"
    case .user(let id, lacks: let missing): "user id \(id)\(Self.without(missing))"
    case .slobCountsNoCaches: "SLOB doesn't count its caches"
    case .mergedNames(0): "/sys/kernel/slab: no name is a link to a shared cache"
    case .mergedNames(let count): "/sys/kernel/slab: \(count) names are links to shared caches"
    case .kmemleak(let evidence): evidence.words
    }
  }

  private static func without(_ missing: [Capability]) -> String {
    let names = missing.map { capability in
      switch capability {
      case .systemAdministration: "CAP_SYS_ADMIN"
      case .systemLog: "CAP_SYSLOG"
      }
    }
    return names.isEmpty ? "" : ", without \(names.joined(separator: " and "))"
  }
}

extension OptionFinding {
  /// Where the option was seen and how it is set, such as `/proc/config.gz: CONFIG_PAGE_OWNER is
  /// not set`.
  var words: String {
    guard let origin else { return "the configuration of this kernel isn't known" }
    guard let line else { return "\(origin) doesn't mention CONFIG_\(name)" }
    return "\(origin): \(line)"
  }

  /// The line of the configuration; nil if it has none for the option.
  var line: String? {
    switch setting {
    case .yes: "CONFIG_\(name)=y"
    case .module: "CONFIG_\(name)=m"
    case .no: "CONFIG_\(name) is not set"
    case .value(let value): "CONFIG_\(name)=\(value)"
    case .unmentioned, .unknown: nil
    }
  }
}

extension ConfigAbsence {
  fileprivate var words: String {
    switch self {
    case .file(let path, let fact): "\(path): \(fact.reason ?? fact.outcome.rawValue)"
    case .otherRelease(let path, let release):
      "\(path) is of another release than \(release ?? "unknown release"): it is no answer"
    case .notInstalled(let release):
      "no configuration of \(release ?? "unknown release") in /boot or /lib/modules"
    }
  }
}

extension FileFact {
  /// What became of the file at a path.
  fileprivate func words(_ path: String) -> String {
    let reason = self.reason.map { ": \($0)" } ?? ""
    return switch outcome {
    case .read, .truncated: "\(path) can be read"
    case .timedOut: "\(path) is there, and took too long to read"
    case .denied: "\(path)\(reason.isEmpty ? ": denied" : reason)"
    case .absent: "\(path) doesn't exist"
    case .failed: "\(path) can't be read\(reason)"
    case .skipped: "\(path) wasn't read"
    }
  }
}
