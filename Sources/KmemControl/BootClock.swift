internal import Glibc

/// The time since boot, in seconds, which no change of the clock moves.
package enum BootClock {
  /// The time since boot, with the time spent suspended (CLOCK_BOOTTIME).
  package static var now: Double { seconds(CLOCK_BOOTTIME) }

  /// Seconds of processor time that this process has used, in all its threads.
  package static var processorTime: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// Waits that many seconds.
  package static func wait(_ seconds: Double) {
    let end = now + seconds
    while now < end { usleep(UInt32(min(0.5, max(0, end - now)) * 1e6) + 1) }
  }

  /// How long the machine has been suspended since it booted.
  static var suspended: Double { seconds(CLOCK_BOOTTIME) - seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: CInt) -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Waits a twentieth of a second.
func sleepBriefly() { usleep(50_000) }
