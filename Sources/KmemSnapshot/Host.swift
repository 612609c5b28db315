package import KmemParsers

/// What is known of the machine and the moment of a snapshot.
package struct Host: Hashable, Sendable {
  /// The machine's name.
  package var hostname: String?
  /// `/etc/machine-id`: the same for all snapshots of one installation.
  package var machineID: String?
  /// `/proc/sys/kernel/random/boot_id`: another one at each boot.
  package var bootID: String?
  /// The kernel release, as `uname -r` prints it.
  package var release: String?
  /// The bytes in a page, with what told them.
  package var pageSize: PageSize
  /// Seconds since 1970 UTC when reading began.
  package var wallTime: Double?
  /// Seconds since boot when reading began.
  package var upTime: Double?
  /// Seconds since 1970 UTC of the boot, from `btime` in `/proc/stat`; may move when the clock is set.
  package var bootTime: Double?
  /// Whether its names are pseudonyms, by the manifest.
  package var isRedacted = false
  /// Which moment of a text it is; nothing for what isn't taken out of a text.
  package var textMoment: TextMoment?

  /// A host of which only the page size is known.
  package init(pageSize: PageSize) { self.pageSize = pageSize }

  /// The release as a comparable version.
  package var version: KernelVersion? { release.flatMap(KernelVersion.init(release:)) }
}

/// How two snapshots' hosts or boots relate.
package enum Sameness: Hashable, Sendable {
  case same, different, unknown

  /// Compares two values, of which either may be unknown.
  package init<Value: Equatable>(_ first: Value?, _ second: Value?) {
    guard let first, let second else {
      self = .unknown
      return
    }
    self = first == second ? .same : .different
  }
}

extension Host {
  /// Whether both are of one machine: by machine id, else by host name.
  package func sameMachine(as other: Host) -> Sameness {
    let byID = Sameness(machineID, other.machineID)
    return byID == .unknown ? Sameness(hostname, other.hostname) : byID
  }

  /// Whether both are of one boot: by boot id, else by the time of boot; a kernel of another release
  /// was booted anew.
  package func sameBoot(as other: Host) -> Sameness {
    let byID = Sameness(bootID, other.bootID)
    guard byID == .unknown else { return byID }
    if let textMoment, textMoment.isBooted(before: other.textMoment) { return .different }
    guard let bootTime, let otherTime = other.bootTime else {
      return Sameness(release, other.release) == .different ? .different : .unknown
    }
    // The kernel computes btime from the wall clock: setting the clock moves it by seconds.
    return abs(bootTime - otherTime) < 30 ? .same : .different
  }
}
