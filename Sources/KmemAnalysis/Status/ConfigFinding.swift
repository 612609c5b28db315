package import KmemParsers

/// Where the configuration of the kernel was found, or why there is none.
package enum ConfigFinding: Hashable, Sendable {
  /// The configuration of this very kernel, and where it was: `/proc/config.gz`.
  case found(KernelConfig, origin: String)
  /// No configuration was found; there is a reason for each place that was looked at.
  ///
  /// A file of another release that lies in `/boot` is such a reason, never an answer.
  case missing([ConfigAbsence])
}

/// Why a place holds no configuration of the kernel.
package enum ConfigAbsence: Hashable, Sendable {
  /// What became of the file that would hold it.
  case file(path: String, FileFact)
  /// The file is of another release than that of the kernel, where that is known.
  case otherRelease(path: String, wanted: String?)
  /// Neither `/boot` nor `/lib/modules` holds a configuration of the kernel's release, where that
  /// is known.
  case notInstalled(release: String?)
}
