internal import Glibc

/// The limit of the program's addresses (`RLIMIT_AS`, `ulimit -v`), at which an allocation fails and ends
/// it without a word.
package enum AddressSpaceLimit {
  /// Says what most likely happened where a program that is limited traps, and ends it with the status.
  ///
  /// Without such a limit nothing changes: an allocation doesn't fail then, and a trap is a defect, of
  /// which a core tells more.
  package static func explainEnd() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur != ~rlim_t(0)
    else { return }
    for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGABRT] {
      _ = signal(trap) { _ in AddressSpaceLimit.end() }
    }
  }

  private static let sentence: StaticString = """
    kmemcheck: too little memory: the program's address space is limited (ulimit -v). Raise the limit; \
    most inputs need less than 512 MiB.

    """

  /// Nothing here may allocate.
  private static func end() -> Never {
    _ = unsafe write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
    _exit(69)
  }
}
