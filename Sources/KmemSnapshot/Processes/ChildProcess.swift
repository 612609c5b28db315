/// A process whose parent is this program: a command that it ran, or what such a command left.
package struct ChildProcess: Hashable, Sendable {
  /// Its number.
  package let pid: Int
  /// Its name, as `/proc/PID/stat` gives it.
  package let comm: String
  /// Memory of its own in bytes: `RssAnon` of `/proc/PID/status` (4.5); nil where that isn't told.
  package let anonymous: Int64?

  /// Notes a process.
  package init(pid: Int, comm: String, anonymous: Int64?) {
    self.pid = pid
    self.comm = comm
    self.anonymous = anonymous
  }
}
