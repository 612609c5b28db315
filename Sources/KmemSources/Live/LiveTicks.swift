internal import KmemParsers
internal import KmemSnapshot

/// The running kernel's count of ticks.
package enum LiveTicks {
  private static let files = ["/proc/timer_list", "/sys/kernel/debug/sched/debug"]

  /// The ticks, and the moment in seconds since boot at which they were read; only root can read
  /// them.
  ///
  /// Nil where no file tells the ticks.
  package static func now() -> (seconds: Double, ticks: UInt64)? {
    for path in files {
      let bytes = readFile(path, limit: 1 << 20).bytes
      guard let ticks = Jiffies.value(in: bytes.span), let boot = Manifest.Timestamp.now().boot
      else { continue }
      return (boot, ticks)
    }
    return nil
  }
}
