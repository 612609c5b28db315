/// Functions at which an interrupt or a softirq begins.
///
/// The frames below such a function belong to the task that was interrupted, not to the allocation.
/// The kernel cuts stacks there too where it keeps them (`filter_irq_stacks` in
/// kernel/stacktrace.c), but not those of kmemleak.
enum InterruptFrames {
  /// Whether the function is the entry of a softirq or of an interrupt.
  static func contains(_ symbol: String) -> Bool {
    let name = LeakFrame.plain(symbol)
    return entries.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }

  private static let entries: Set<String> = [
    "__do_softirq", "handle_softirqs", "do_softirq", "__irq_exit_rcu", "irq_exit_rcu", "irq_exit",
    "common_interrupt", "do_IRQ", "ret_from_intr", "apic_timer_interrupt",
    "smp_apic_timer_interrupt", "el1_irq", "el1_interrupt", "gic_handle_irq", "__irq_svc",
    "handle_arch_irq", "asm_common_interrupt",
  ]
  private static let prefixes = ["sysvec_", "asm_sysvec_", "el1h_64_irq", "el0t_64_irq"]
}

extension [LeakGroup] {
  /// Joins the groups that differ only in which task was interrupted.
  func joinedAtInterrupts() -> [LeakGroup] {
    var places: [[LeakFrame]: Int] = [:]
    var joined: [LeakGroup] = []
    for group in self {
      guard let entry = group.interruptEntry else {
        joined.append(group)
        continue
      }
      let key = [LeakFrame](group.frames[...entry])
      if let place = places[key] {
        joined[place].absorb(group, keeping: entry)
      } else {
        places[key] = joined.count
        joined.append(group)
      }
    }
    return joined
  }
}

extension LeakGroup {
  /// The index of the frame at which the interrupt began; the frames beyond it are the interrupted
  /// task's.
  var interruptEntry: Int? {
    frames.firstIndex { $0.symbol.map(InterruptFrames.contains) ?? false }
  }

  /// Takes in a group that has the same frames up to one, and forgets those beyond it.
  fileprivate mutating func absorb(_ other: LeakGroup, keeping last: Int) {
    frames = Array(frames[...last])
    stacks += other.stacks
    objects = objects.plus(other.objects)
    bytes = bytes.plus(other.bytes)
    unseen = unseen.plus(other.unseen)
    sizes.add(other.sizes)
    kinds.add(other.kinds)
    contents.add(other.contents)
    comms.add(other.comms)
    pids.add(other.pids)
    jiffies = Self.joined(jiffies, other.jiffies)
    ages = Self.joined(ages, other.ages)
    examples = Array((examples + other.examples).prefix(3))
    for (index, count) in other.iterations.enumerated() {
      lose(count.objects, count.bytes, in: index, of: other.iterations.count)
    }
    news = news.map { $0.plus(other.news) } ?? other.news
  }

  private static func joined(
    _ one: ClosedRange<UInt64>?, _ other: ClosedRange<UInt64>?
  ) -> ClosedRange<UInt64>? {
    guard let one, let other else { return one ?? other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }
}

extension LeakNews {
  fileprivate func plus(_ other: LeakNews?) -> LeakNews {
    var sum = self
    sum.new = new.plus(other?.new ?? 0)
    sum.newBytes = newBytes.plus(other?.newBytes ?? 0)
    sum.still = still.plus(other?.still ?? 0)
    return sum
  }
}

extension Tally {
  fileprivate mutating func add(_ other: Tally) {
    for (value, count) in other.entries { add(value, count) }
    add(others: other.others)
  }
}
