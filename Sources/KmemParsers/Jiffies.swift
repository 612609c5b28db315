/// The kernel's count of ticks, as files for its developers print it.
///
/// `/proc/timer_list` (`jiffies: 4294899421`, with CONFIG_TICK_ONESHOT) and
/// `/sys/kernel/debug/sched/debug` (`jiffies : 4294899421`, with CONFIG_SCHED_DEBUG); both for root.
package enum Jiffies {
  /// The ticks on the first line that names them; nothing if none does.
  package static func value(in text: Span<UInt8>) -> UInt64? {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      guard let name = fields.next() else { continue }
      switch name.text {
      case "jiffies:": return fields.next()?.decimal
      case "jiffies":
        guard fields.next()?.text == ":" else { continue }
        return fields.next()?.decimal
      default: continue
      }
    }
    return nil
  }
}
