internal import COrphans
internal import Glibc

/// Processes that a command leaves running when it ends.
///
/// As long as they are adopted they become kmemcheck's children, by which they are told from all that starts
/// meanwhile; when it ends they are init's, as they would be anyway.
package enum Orphans {
  /// Adopts them from now on, or lets them be.
  package static func adopt(_ adopts: Bool) { kmem_adopt_orphans(adopts ? 1 : 0) }

  /// Waits for those that have ended, of which nobody else takes notice; never for the process given.
  static func reap(besides process: pid_t) {
    while true {
      var child = unsafe siginfo_t()
      // A look at the first that has ended, which stays as it is.
      let status = unsafe waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT)
      let ended = unsafe child._sifields._sigchld.si_pid
      guard status == 0, ended > 0, ended != process else { return }
      guard waitpid(ended, nil, WNOHANG) == ended else { return }
    }
  }
}
