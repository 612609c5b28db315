import KmemAnalysis
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources
import KmemTracing
import SystemPackage

extension Failure {
  /// Why the kernel can't be traced.
  init(tracing error: any Error) {
    guard let error = error as? TracerError else {
      self.init(error)
      return
    }
    switch error {
    case .noProcessors: self.init(status: .unavailable, TraceRefusal.noProcessors)
    case .noLibrary: self.init(status: .unavailable, TraceRefusal.noLibrary)
    case .unreadableProgram(let error):
      self.init(status: .unavailable, TraceRefusal.unreadableProgram(error: "\(error)"))
    case .refused(let error):
      let cause = TraceRefusal.Cause(error)
      self.init(
        status: cause.isOfPrivilege ? .notPermitted : .unavailable,
        TraceRefusal.refused(error: "\(error)", cause))
    case .notAttached(let error):
      self.init(status: .unavailable, TraceRefusal.notAttached(error: "\(error)"))
    case .noTracefs(let error):
      let cause = TraceRefusal.Cause(error)
      self.init(
        status: cause.isOfPrivilege ? .notPermitted : .unavailable,
        TraceRefusal.noTracefs(error: "\(error)", cause))
    case .noInstance(let error):
      let isOfPrivilege = error == .permissionDenied || error == .notPermitted
      self.init(
        status: isOfPrivilege ? .notPermitted : .unavailable,
        TraceRefusal.noInstance(error: "\(error)"))
    case .noEvent(let event):
      // tracefs has no files at all where the kernel was locked down at boot: fs/tracefs/inode.c.
      let refusal =
        TracefsDirectory.isLockedDown
        ? TraceRefusal.noTracefs(error: "\(Errno.noSuchFileOrDirectory)", .lockdown)
        : TraceRefusal.noEvent(event)
      self.init(status: .unavailable, refusal)
    case .unreadableFormat(let file):
      self.init(status: .unavailable, TraceRefusal.unreadableFormat(file))
    case .otherLayout(let event, let field):
      self.init(status: .unavailable, TraceRefusal.otherLayout(event: event, field: field))
    }
  }
}

extension Failure {
  /// Why no function could be named.
  init(withoutNames symbols: KernelSymbols) {
    if symbols.isEmpty {
      self.init(status: .unavailable, TraceRefusal.hiddenAddresses(.noList))
    } else {
      let isForAll = LiveFacts.line(ofFile: "/proc/sys/kernel/kptr_restrict") == "2"
      self.init(
        status: .notPermitted,
        TraceRefusal.hiddenAddresses(isForAll ? .fromEverybody : .fromProcess))
    }
  }
}

extension TraceRefusal.Cause {
  /// The cause of an error of bpf(2), by what else is known of this process and its kernel.
  init(_ error: Errno) {
    if TracefsDirectory.isLockedDown {
      self = .lockdown
    } else if error == .noFunction {
      // Some filters answer as a kernel without bpf(2) would.
      self = LiveFacts.isFiltered && LiveFacts.hasProgramCalls ? .seccomp : .notBuilt
    } else if error == .notPermitted || error == .permissionDenied {
      self = LiveFacts.isFiltered ? .seccomp : .capability
    } else {
      self = .unknown
    }
  }

  /// Whether more privilege would help.
  fileprivate var isOfPrivilege: Bool {
    switch self {
    case .capability, .seccomp: true
    case .lockdown, .notBuilt, .unknown: false
    }
  }
}
