import KmemParsers
import KmemSnapshot

/// Turns the jiffies of an allocation into seconds since boot.
///
/// The clock is needed because kernels from 6.8 on print no age. Jiffies begin at 2³² − 300·HZ, so
/// that they wrap five minutes after boot where they have 32 bits (`include/linux/jiffies.h`).
package struct LeakClock: Hashable, Sendable {
  /// Ticks in a second, CONFIG_HZ.
  package let hz: UInt64
  /// How HZ became known.
  package let origin: Origin
  /// Seconds since boot when the report was read; nothing where unknown.
  package let upTime: Double?

  /// Where HZ comes from.
  package enum Origin: Hashable, Sendable {
    case configuration
    /// No other usual value fits the ticks in the report.
    case onlyOneThatFits
  }

  init(hz: UInt64, origin: Origin, upTime: Double?) {
    self.hz = hz
    self.origin = origin
    self.upTime = upTime
  }

  /// Takes HZ from the configuration, else from the ticks themselves if only one value fits them.
  package init?(config: String?, upTime: Double?, jiffies: ClosedRange<UInt64>?) {
    if let hz = config.flatMap(UInt64.init), (12...10000).contains(hz) {
      self.init(hz: hz, origin: .configuration, upTime: upTime)
      return
    }
    guard let jiffies, let upTime else { return nil }
    let fitting = [100, 250, 300, 1000].map {
      Self(hz: $0, origin: .onlyOneThatFits, upTime: upTime)
    }.filter {
      guard let first = $0.seconds(jiffies.lowerBound), let last = $0.seconds(jiffies.upperBound)
      else { return false }
      return first <= last && last <= upTime + 1
    }
    guard let only = fitting.first, fitting.count == 1 else { return nil }
    self = only
  }

  /// The tick at which a kernel boots.
  static func firstTick(hz: UInt64) -> UInt64 { (UInt64(1) << 32) &- 300 &* hz }

  /// Seconds from boot to the tick; nothing for ticks that no running kernel has.
  package func seconds(_ jiffies: UInt64) -> Double? {
    let start = Self.firstTick(hz: hz)
    if jiffies >= start { return Double(jiffies - start) / Double(hz) }
    // A 32-bit counter has wrapped; a tick this small is then less than 50 days after it.
    return Double((UInt64(1) << 32) - start + jiffies) / Double(hz)
  }

  /// The age of an allocation in seconds when the report was read.
  package func age(_ jiffies: UInt64) -> Double? {
    guard let upTime, let seconds = seconds(jiffies), seconds <= upTime + 1 else { return nil }
    return max(0, upTime - seconds)
  }
}

extension Snapshot {
  /// CONFIG_HZ, if the configuration is known.
  var hz: String? {
    guard case .value(let hz)? = config.value?["HZ"] else { return nil }
    return hz
  }

  /// CONFIG_HZ as a number; nil if the configuration isn't known.
  package var ticksPerSecond: UInt64? { hz.flatMap(UInt64.init) }
}
