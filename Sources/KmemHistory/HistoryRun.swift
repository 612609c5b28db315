/// The recorder's own boot and machine.
package struct HistoryRun: Hashable, Sendable {
  /// The boot (`/proc/sys/kernel/random/boot_id`).
  package let bootID: String
  /// `/etc/machine-id`; nil if it couldn't be read.
  package let machineID: String?
  /// The host name; nil if it couldn't be read.
  package let hostname: String?
  /// The kernel's release as `uname -r` prints it; nil if it couldn't be read.
  package let release: String?
  /// When the recorder began, in seconds since 1970 UTC.
  package let wall: Int64

  /// Describes the recorder's boot and machine.
  package init(
    bootID: String, machineID: String? = nil, hostname: String? = nil, release: String? = nil,
    wall: Int64
  ) {
    self.bootID = bootID
    self.machineID = machineID
    self.hostname = hostname
    self.release = release
    self.wall = wall
  }
}
