import KmemParsers
import KmemAnalysis

extension KmemleakEvidence {
  private static let path = KmemleakFile.file.absolutePath

  /// What was seen, as a sentence without its full stop.
  var words: String {
    switch self {
    case .readable: "\(Self.path) can be read"
    case .exists: "\(Self.path) exists"
    case .threadRuns: "the kernel thread kmemleak runs"
    case .hasModule: "/sys/module/kmemleak exists"
    case .log(let line): "kernel log: \(line)"
    case .threadStarted(let line): "kernel log: \(line), and no later line that it ended"
    case .listsObjects: "it lists objects"
    case .notSeenDisabled:
      "built in and not seen to be disabled; only a scan proves that it's alive"
    case .notOffered(let option):
      "\(option.words), so this architecture may not offer kmemleak"
    case .contradicted(let option):
      "\(option.words), so this isn't the configuration of the running kernel"
    case .releaseTooOld(let release): "kmemleak came with Linux 2.6.31, and this is \(release)"
    case .absent(let absence): Self.words(absence)
    case .fileNotRead: "nothing here tells whether it runs, as \(Self.path) wasn't read"
    case .nothingShows: "nothing that was read shows whether kmemleak is built in"
    case .lockdown(let mode):
      "\(Lockdown.path): \(mode.rawValue), which refuses this file to root too"
    case .refused(let reason, let refusal): Self.words(refusal, reason)
    case .commandLineUnknown: "the command line isn't known; it may hold kmemleak=on"
    case .busy(let reason):
      "\(Self.path): \(reason ?? "busy"), the answer of a kmemleak that is disabled"
    case .logHoldsNoReason: "the kernel log holds no reason"
    case .writtenOff: "no reason stands between them, so someone wrote off to \(Self.path)"
    }
  }

  private static func words(_ absence: Absence) -> String {
    let always =
      "\(path) doesn't exist, which kernels since 4.19 always have if kmemleak is built in"
    let disabled = "\(path) doesn't exist; up to 4.18 it is missing where kmemleak is disabled"
    return switch absence {
    case .file: always
    case .fileAgainstConfiguration: "\(always): the two don't fit together"
    case .fileOfDisabled: disabled
    case .fileOfDisabledOrNotBuilt: "\(disabled), and where it isn't built in"
    case .module:
      "/sys/module/kmemleak doesn't exist, which kernels since 4.20 have if kmemleak is built in"
    }
  }

  private static func words(_ refusal: Refusal, _ reason: String?) -> String {
    let denied = "\(path): \(reason ?? "permission denied")"
    return switch refusal {
    case .notRoot: denied
    case .notRootAndUndecided: "\(denied); that doesn't tell whether kmemleak is built in"
    case .lockdown: "\(path): \(reason ?? "EPERM"), although the reader is root"
    case .container: "\(denied), although the reader is root: a container or a security module"
    }
  }
}
