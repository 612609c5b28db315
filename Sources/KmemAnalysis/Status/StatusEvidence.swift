package import KmemParsers

/// What was seen of a kernel, with the file that shows it.
package enum StatusEvidence: Hashable, Sendable {
  case option(OptionFinding)
  /// The configuration of this very kernel was found there.
  case configuration(origin: String)
  /// The configuration wasn't found; the reason where one is known.
  case noConfiguration(ConfigAbsence?)
  /// What became of a file that was looked for.
  case file(path: String, FileFact)
  /// What a file holds, or one entry of it that counts.
  case value(path: String, String)
  /// Nobody looked for the file, or it couldn't be read.
  case notRead(path: String)
  /// The kernel's command line doesn't hold the parameter.
  case notGiven(BootParameter)
  case commandLineUnknown
  case debugfsMounted(at: String)
  case debugfsNotMounted
  /// `/proc/filesystems` was read, and debugfs isn't one of them.
  case debugfsNotListed
  case userUnknown
  /// The user id of the reader, and the capabilities that the user is known to lack.
  case user(Int, lacks: [Capability])
  case slobCountsNoCaches
  /// How many names of slab caches share their cache with others; 0 if each has its own.
  case mergedNames(Int)
  case kmemleak(KmemleakEvidence)
}

/// What shows, or hides, the state of kmemleak itself.
package enum KmemleakEvidence: Hashable, Sendable {
  /// kmemleak's file can be read.
  case readable
  /// kmemleak's file exists, as opening it failed for another reason.
  case exists
  case threadRuns
  case hasModule
  /// A line of the kernel log.
  case log(String)
  /// The log says that its thread started, and not that it ended.
  case threadStarted(String)
  case listsObjects
  /// kmemleak is built in and not seen to be disabled, which doesn't prove that it's alive.
  case notSeenDisabled
  /// The configuration says that this architecture doesn't offer kmemleak.
  case notOffered(OptionFinding)
  /// The configuration denies what the kernel shows: it's another kernel's.
  case contradicted(OptionFinding)
  /// The release, which is older than kmemleak.
  case releaseTooOld(String)
  case absent(Absence)
  /// kmemleak's file wasn't read, so that nothing tells whether it runs.
  case fileNotRead
  case nothingShows
  /// The mode of lockdown, which refuses the file to root too.
  case lockdown(Lockdown)
  /// Opening kmemleak's file was refused, with the error's text.
  case refused(String?, Refusal)
  case commandLineUnknown
  /// Opening kmemleak's file failed as that of a disabled kmemleak does, with the error's text.
  case busy(String?)
  case logHoldsNoReason
  /// The log tells that kmemleak was disabled after it had started, and gives no reason.
  case writtenOff

  /// What doesn't exist, and what that means.
  package enum Absence: Hashable, Sendable {
    /// kmemleak's file, which kernels since 4.19 have if kmemleak is built in.
    case file
    /// kmemleak's file is missing although kmemleak is built in.
    case fileAgainstConfiguration
    /// kmemleak's file, which up to 4.18 is missing where kmemleak is disabled.
    case fileOfDisabled
    /// kmemleak's file is missing on a kernel up to 4.18 that may not have kmemleak at all.
    case fileOfDisabledOrNotBuilt
    /// `/sys/module/kmemleak`, which kernels since 4.20 have if kmemleak is built in.
    case module
  }

  /// Why opening kmemleak's file was refused.
  package enum Refusal: Hashable, Sendable {
    /// The reader isn't root, and kmemleak is built in.
    case notRoot
    /// The reader isn't root, and whether kmemleak is built in isn't known.
    case notRootAndUndecided
    /// The error is lockdown's, as the reader is root.
    case lockdown
    /// The reader is root, of a container or under a security module.
    case container
  }
}
