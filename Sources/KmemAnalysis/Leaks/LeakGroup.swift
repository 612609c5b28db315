package import KmemParsers

/// The unreferenced objects that share one allocation stack, offsets included.
package struct LeakGroup: Sendable {
  /// The stack, the innermost frame first.
  package internal(set) var frames: [LeakFrame]
  /// How many stacks were joined to this group because they differ only in which task was
  /// interrupted.
  package internal(set) var stacks = 1
  /// The other stacks of the same culprit, where such groups were joined.
  package internal(set) var otherStacks: [[LeakFrame]] = []
  /// How many unreferenced objects the group has.
  package internal(set) var objects: Int64 = 0
  /// The sizes of all objects together, as kmemleak prints them: without the slab's alignment.
  package internal(set) var bytes: Int64 = 0
  /// Objects of the kernel log that are counted, not shown.
  package internal(set) var unseen: Int64 = 0
  /// Objects by size.
  package internal(set) var sizes = Histogram<UInt64>()
  /// Objects by the kind of address: plain, percpu or physical.
  package internal(set) var kinds = Histogram<KmemleakRecord.Kind>()
  /// Objects by what the dump of their first bytes looks like.
  package internal(set) var contents = Histogram<KmemleakDump.Content>()
  /// Objects by the bytes of the text at their beginning, which cost less to compare than texts.
  var printed = Histogram<KmemleakDump>()
  /// Objects by how much of their record the text holds.
  package internal(set) var extents = Histogram<KmemleakRecord.Extent>()
  /// Objects to whose memory the first bytes of another unreferenced object point: they were lost
  /// with it.
  package internal(set) var held: Int64 = 0
  /// The groups that hold them, each with how many of this group's objects it holds.
  package internal(set) var holders: [LeakHolder: Int64] = [:]
  /// Objects by the name of the task that allocated them.
  package internal(set) var comms = Histogram<String>()
  /// Objects by the task's name as a number in the reader's tables, which costs less to compare.
  var commNumbers = Histogram<Int>()
  /// Objects by the number of the process that allocated them.
  package internal(set) var pids = Histogram<Int64>()
  /// Ticks of the first and the last allocation.
  package internal(set) var jiffies: ClosedRange<UInt64>?
  /// Printed ages in milliseconds, the youngest and the oldest.
  package internal(set) var ages: ClosedRange<UInt64>?
  /// The first objects in the text, as examples.
  package internal(set) var examples: [LeakExample] = []
  /// How the objects compare with a baseline; nothing without one.
  package internal(set) var news: BaselineDelta?
  /// What each iteration of a command lost; empty where none was run.
  package internal(set) var iterations: [LeakCount] = []
  /// In how many readings the group was seen; nil where only a text was read.
  package internal(set) var sightings: ReadingCount?
  /// What memory growth says of the group; nil where there is no growth to compare with.
  package internal(set) var growth: GrowthMatch?

  init(_ frames: [LeakFrame]) { self.frames = frames }

  /// Objects by the text at their beginning, for those that begin with one.
  package var texts: Histogram<String> { printed.map { $0.text ?? "" } }

  /// The frame that called the allocator; nil if the stack has no frames.
  ///
  /// Where every frame is an allocator's, it is the outermost one.
  package var culprit: LeakFrame? { frames.first { $0.mayBeCulprit } ?? frames.last }

  /// The frames from the culprit on.
  package var callers: [LeakFrame] {
    guard let start = frames.firstIndex(where: { $0.mayBeCulprit }) else { return [] }
    return Array(frames[start...])
  }

  /// Five frames from the culprit on, without offsets: the same in every boot and build.
  ///
  /// The frames of a task that was interrupted are left out.
  package var fingerprint: String {
    var names: [String] = []
    for frame in frames {
      if frame.mayBeCulprit { names.append(frame.name) }
      // Frames that come later are asked nothing: a report may have a million of them.
      guard names.count < 5, !frame.isInterruptEntry else { break }
    }
    return names.isEmpty ? "?" : names.joined(separator: " < ")
  }

  /// Whether the fingerprint names the culprit, so that it tells this leak from others.
  package var isNamed: Bool { callers.first?.symbol != nil }

  /// Whether the stack has 16 frames, as many as kmemleak keeps (MAX_TRACE), so that callers may be
  /// missing.
  package var mayBeTruncated: Bool { frames.count { !$0.isInline } == 16 }
}

/// Where an object of a group is found.
package struct LeakExample: Hashable, Sendable {
  /// The address in the header of its record.
  package let address: UInt64
  /// The line of the text that announces it, counted from 1.
  package let line: Int
}

/// A group whose objects point to those of another, or to each other.
package struct LeakHolder: Hashable, Sendable {
  /// The group's fingerprint.
  package let fingerprint: String
  /// Whether it is the very group whose objects are held, as in a list.
  package let isSameGroup: Bool
}

extension LeakGroup {
  /// What holds the group's objects, with how many of them; what holds most comes first.
  package var rankedHolders: [(holder: LeakHolder, objects: Int64)] {
    holders.map { (holder: $0.key, objects: $0.value) }.sorted { one, other in
      guard one.objects == other.objects else { return one.objects > other.objects }
      guard one.holder.fingerprint == other.holder.fingerprint else {
        return one.holder.fingerprint < other.holder.fingerprint
      }
      return one.holder.isSameGroup && !other.holder.isSameGroup
    }
  }
}

/// How a group's objects compare with an earlier report.
package struct BaselineDelta: Hashable, Sendable {
  /// Objects that the earlier report didn't have.
  package internal(set) var new: Int64 = 0
  /// Bytes of the new objects.
  package internal(set) var newBytes: Int64 = 0
  /// Objects that the earlier report had too.
  package internal(set) var still: Int64 = 0
}
