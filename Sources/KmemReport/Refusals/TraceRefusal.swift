/// Why allocations can't be traced, or what was named can't be.
package enum TraceRefusal: Refusal {
  case needsRoot
  /// libbpf 1.0 or later isn't installed.
  case noLibrary
  /// The number of processors can't be read, as /sys isn't mounted.
  case noProcessors
  /// libbpf can't read the program, with its words.
  case unreadableProgram(error: String)
  /// The kernel refuses programs of BPF; why, as far as that is known.
  case refused(error: String, Cause)
  /// An event can't be attached to.
  case notAttached(error: String)
  /// tracefs can't be read, with the error; why, as far as that is known.
  case noTracefs(error: String, Cause)
  /// No buffer of its own can be made in tracefs, or the kernel refuses what is written there.
  case noInstance(error: String)
  /// The kernel lacks an event.
  case noEvent(String)
  /// The kernel's events are laid out otherwise, as before 6.1.
  case otherLayout(event: String, field: String)
  /// A file of tracefs doesn't tell how events are laid out.
  case unreadableFormat(String)
  /// Addresses of functions aren't told.
  case hiddenAddresses(Hiding)
  /// slabinfo has no cache of that name; those that resemble it.
  case noSuchCache(String, similar: [String])
  /// slabinfo can't be read, so that caches aren't known.
  case noSlabinfo
  /// Tracing would take this share of the processors, more than it may, even with samples; whether the user named
  /// one thing to trace.
  case tooDear(share: Double, budget: Double, isNamed: Bool)
  /// The file is no trace, or a damaged one; line 0 means the whole.
  case noTrace(path: String, line: Int, reason: String)
  /// A signal came before the trace began.
  case interrupted
  /// The command couldn't be started.
  case notStarted(command: String, error: String)

  /// From whom addresses of functions are hidden.
  package enum Hiding: Sendable {
    case fromEverybody
    /// From a process without CAP_SYSLOG.
    case fromProcess
    /// There is no list of functions.
    case noList
  }

  /// Why the kernel refuses programs.
  package enum Cause: Sendable {
    /// The kernel is locked down: confidentiality.
    case lockdown
    /// The process lacks CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN, as in a container.
    case capability
    /// A filter of system calls forbids them, as in a container.
    case seccomp
    /// The kernel was built without them.
    case notBuilt
    /// The kernel didn't say.
    case unknown
  }

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .needsRoot: "only root may trace the kernel: run it with sudo"
    case .noLibrary:
      "tracing needs the library libbpf 1.0 or later (libbpf.so.1), which isn't installed: on Debian "
        + "and Ubuntu apt install libbpf1, on Fedora dnf install libbpf"
    case .noProcessors:
      "/sys/devices/system/cpu/possible can't be read, which tells for how many processors to count: mount -t "
        + "sysfs sys /sys"
    case .unreadableProgram(let error):
      "libbpf can't read kmemcheck's program (\(error)): a fault of this build, or of the library"
    case .refused(let error, let cause): "the kernel refuses to trace (\(error)): \(cause.words)"
    case .notAttached(let error): "the kernel's allocation events can't be attached to (\(error))"
    case .noTracefs(let error, let cause):
      "tracefs, which tells how this kernel's events are laid out, can't be read (\(error)): "
        + cause.wordsOfTracefs
    case .noInstance(let error):
      "tracefs refuses a buffer of kmemcheck's own, or a filter of its events (\(error))"
    case .noEvent(let event):
      "this kernel has no event \(event): it was built without tracepoints for it"
    case .otherLayout(let event, let field):
      "this kernel's event \(event) has no field \(field): it is laid out as before Linux 6.1, and a "
        + "wrong guess would name the wrong function. kmemcheck status tells what else can be asked"
    case .unreadableFormat(let file):
      "tracefs's \(file) doesn't tell how this kernel's events are laid out, and a wrong guess would name "
        + "the wrong function"
    case .hiddenAddresses(let hiding): Self.hidden(hiding)
    case .noSuchCache(let name, let similar): Self.noSuchCache(name, similar)
    case .noSlabinfo: "/proc/slabinfo can't be read, so that no cache can be told by its name"
    case .tooDear(let share, let budget, let isNamed):
      "tracing would take about \(Self.apart(share, budget)): "
        + (isNamed
          ? "take fewer samples, as with --sample 1024"
          : "name a cache (kmemcheck watch tells which grows)")
        + ", or take it with --force"
    case .noTrace(let path, let line, let reason):
      line > 0 ? "\(path), line \(line): \(reason)" : "\(path): \(reason)"
    case .interrupted: "interrupted before the trace began"
    case .notStarted(let command, let error): "\(command) can't be started: \(error)"
    }
  }

  private static func hidden(_ hiding: Hiding) -> String {
    switch hiding {
    case .fromEverybody:
      "the kernel hides addresses of functions from everybody, so that none could be named: sudo sysctl "
        + "kernel.kptr_restrict=1"
    case .fromProcess:
      "the kernel hides addresses of functions from this process, so that none could be named: it lacks "
        + "CAP_SYSLOG, as in a container; run it on the host"
    case .noList:
      "this kernel has no list of its functions (/proc/kallsyms), so that none could be named: it was built "
        + "without CONFIG_KALLSYMS"
    }
  }

  /// Two shares of which the first is the larger, also where they round to the same.
  private static func apart(_ share: Double, _ budget: Double) -> String {
    let (one, other) = (Amount.percent(share), Amount.percent(budget))
    return one == other
      ? "a little more than the \(other) of the machine's processors that it may (--budget)"
      : "\(one) of the machine's processors, more than the \(other) that it may (--budget)"
  }

  private static func noSuchCache(_ name: String, _ similar: [String]) -> String {
    let rest = similar.isEmpty ? "" : "; there is \(similar.joined(separator: ", "))"
    return "\(name) is neither a file nor a slab cache of this kernel\(rest). Their names: sudo "
      + "kmemcheck show -v"
  }
}

extension TraceRefusal.Cause {
  /// The cause, where tracefs is what can't be had.
  fileprivate var wordsOfTracefs: String {
    switch self {
    case .capability:
      "the process lacks CAP_SYS_ADMIN, which mounting it takes, as in a container; run it on the host"
    case .notBuilt, .unknown: "the kernel was built without CONFIG_FTRACE"
    case .lockdown, .seccomp: words
    }
  }

  fileprivate var words: String {
    switch self {
    case .lockdown:
      "it is locked down (confidentiality), which stays so until it is booted without lockdown="
    case .capability:
      "the process lacks CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN, as in a container; run it on the "
        + "host"
    case .seccomp: "a filter of system calls forbids it, as in a container; run it on the host"
    case .notBuilt: "it was built without CONFIG_BPF_SYSCALL or CONFIG_BPF_EVENTS"
    case .unknown: "it doesn't say why; kmemcheck status tells what else can be asked"
    }
  }
}
