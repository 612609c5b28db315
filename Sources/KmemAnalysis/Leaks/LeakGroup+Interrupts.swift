extension [LeakGroup] {
  /// Joins the groups that differ only in which task was interrupted.
  mutating func joinAtInterrupts() {
    var places: [[LeakFrame]: Int] = [:]
    var kept = 0
    for index in indices {
      if let entry = self[index].interruptEntry {
        let key = [LeakFrame](self[index].frames[...entry])
        if let place = places[key] {
          let group = self[index]
          self[place].absorb(group, keeping: entry)
          continue
        }
        places[key] = kept
      }
      swapAt(kept, index)
      kept += 1
    }
    removeLast(count - kept)
  }
}

extension LeakReport {
  /// The report, with the groups of one culprit as one: one function that forgets to free is one
  /// finding, from wherever it was called.
  package var joinedByCulprit: LeakReport {
    var places: [String: Int] = [:]
    var joined: [LeakGroup] = []
    for group in groups {
      guard group.isNamed, let culprit = group.culprit else {
        joined.append(group)
        continue
      }
      let key = "\(culprit.name) \(culprit.module ?? "")"
      if let place = places[key] {
        joined[place].absorb(otherStack: group)
      } else {
        places[key] = joined.count
        joined.append(group)
      }
    }
    var report = self
    report.groups = joined.enumerated()
      .sorted { ($1.element.bytes, $0.offset) < ($0.element.bytes, $1.offset) }.map(\.element)
    return report
  }
}

extension LeakGroup {
  /// The index of the frame at which the interrupt began; the frames beyond it are the interrupted
  /// task's.
  var interruptEntry: Int? {
    frames.firstIndex { $0.isInterruptEntry }
  }

  /// Takes in a group that has the same frames up to one, and forgets those beyond it.
  fileprivate mutating func absorb(_ other: LeakGroup, keeping last: Int) {
    frames = Array(frames[...last])
    stacks += other.stacks
    take(other)
  }

  /// Takes in a group of the same culprit, whose stack differs elsewhere.
  fileprivate mutating func absorb(otherStack other: LeakGroup) {
    otherStacks += [other.frames] + other.otherStacks
    stacks = max(stacks, other.stacks)
    if let own = sightings, let others = other.sightings {
      sightings = ReadingCount(seen: max(own.seen, others.seen), readings: own.readings)
    }
    take(other)
  }

  private mutating func take(_ other: LeakGroup) {
    objects = objects.plus(other.objects)
    bytes = bytes.plus(other.bytes)
    unseen = unseen.plus(other.unseen)
    sizes.add(other.sizes)
    kinds.add(other.kinds)
    contents.add(other.contents)
    printed.add(other.printed)
    extents.add(other.extents)
    held = held.plus(other.held)
    holders.merge(other.holders) { $0.plus($1) }
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

extension LeakFrame {
  /// Whether an interrupt or a softirq begins here.
  var isInterruptEntry: Bool { symbol.map(InterruptFrames.contains) ?? false }
}

extension BaselineDelta {
  fileprivate func plus(_ other: BaselineDelta?) -> BaselineDelta {
    var sum = self
    sum.new = new.plus(other?.new ?? 0)
    sum.newBytes = newBytes.plus(other?.newBytes ?? 0)
    sum.still = still.plus(other?.still ?? 0)
    return sum
  }
}

extension Histogram {
  fileprivate mutating func add(_ other: Histogram) {
    for (value, count) in other.entries { add(value, count) }
    add(others: other.others)
  }
}
