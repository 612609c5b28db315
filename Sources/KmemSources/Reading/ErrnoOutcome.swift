internal import KmemSnapshot
internal import SystemPackage

extension Errno {
  /// What a source that can't be opened or read with this error has become.
  var outcome: Outcome {
    switch self {
    case .noSuchFileOrDirectory, .notDirectory, .notSupported, .noSuchAddressOrDevice, .noFunction:
      .absent
    case .permissionDenied, .notPermitted: .denied
    default: .failed
    }
  }

  /// The reason in words for a source that can't be opened.
  var openReason: String {
    switch self {
    case .noSuchFileOrDirectory, .notDirectory: "no such file"
    case .permissionDenied: "permission denied"
    // Lockdown refuses root with EPERM, file modes refuse others with EACCES: which it was matters.
    case .notPermitted: "operation not permitted"
    default: "can't be opened: \(self)"
    }
  }

  /// The reason in words for a source whose reading fails after it was opened.
  var readReason: String {
    switch self {
    // A kernel with psi=0 opens /proc/pressure/memory and refuses to read it.
    case .notSupported: "the kernel has it switched off (\(self))"
    default: "opened, but reading fails: \(self)"
    }
  }

  /// The kind of error that a file named by the user gives.
  var kind: SourceError.Kind {
    switch outcome {
    case .absent: .noSuchInput
    case .denied: .notPermitted
    default: .badData
    }
  }
}
