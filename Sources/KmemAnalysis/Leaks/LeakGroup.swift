package import KmemParsers

/// The unreferenced objects that share one allocation stack, offsets included.
package struct LeakGroup: Sendable {
  package internal(set) var frames: [LeakFrame]
  /// How many stacks it is made of that differ only in who was interrupted.
  package internal(set) var stacks = 1
  package internal(set) var objects: Int64 = 0
  package internal(set) var bytes: Int64 = 0
  /// Objects of the kernel log that are counted, not shown.
  package internal(set) var unseen: Int64 = 0
  /// Objects by size.
  package internal(set) var sizes = Histogram<UInt64>()
  package internal(set) var kinds = Histogram<KmemleakRecord.Kind>()
  package internal(set) var contents = Histogram<KmemleakDump.Content>()
  package internal(set) var comms = Histogram<String>()
  /// The same by the numbers of the names, which cost less to compare.
  var commNumbers = Histogram<Int>()
  package internal(set) var pids = Histogram<Int64>()
  /// Ticks of the first and the last allocation.
  package internal(set) var jiffies: ClosedRange<UInt64>?
  /// Printed ages in milliseconds, the youngest and the oldest.
  package internal(set) var ages: ClosedRange<UInt64>?
  /// The first objects in the text, as examples.
  package internal(set) var examples: [LeakObject] = []
  /// How the objects compare with a baseline; nothing without one.
  package internal(set) var news: BaselineDelta?
  /// What each iteration of a command lost; empty where none was run.
  package internal(set) var iterations: [LeakCount] = []
  /// In how many readings it was seen; nothing where only a text was read.
  package internal(set) var sightings: ReadingCount?
  /// What memory that grew says of it; nothing where nothing is known to compare with.
  package internal(set) var growth: GrowthMatch?

  init(_ frames: [LeakFrame]) { self.frames = frames }

  /// The frame that called the allocator; nothing if the stack has none.
  ///
  /// Where every frame is an allocator's, the outermost one is all that's known.
  package var culprit: LeakFrame? { frames.first { !Self.isAllocator($0) } ?? frames.last }

  /// The frames from the culprit on.
  package var callers: [LeakFrame] {
    guard let start = frames.firstIndex(where: { !Self.isAllocator($0) }) else { return [] }
    return Array(frames[start...])
  }

  /// Five frames from the culprit on, without offsets: the same in every boot and build.
  ///
  /// Frames of whoever was interrupted are none of it.
  package var fingerprint: String {
    let own = interruptEntry.map { frames[...$0] } ?? frames[...]
    let names = own.filter { !Self.isAllocator($0) }.prefix(5).map(\.name)
    return names.isEmpty ? "?" : names.joined(separator: " < ")
  }

  /// Whether the fingerprint names the culprit, so that it tells this leak from others.
  package var isNamed: Bool { callers.first?.symbol != nil }

  /// Whether the stack is as long as kmemleak keeps them (MAX_TRACE, 16): the callers may be missing.
  package var mayBeTruncated: Bool { frames.count { !$0.isInline } == 16 }

  private static func isAllocator(_ frame: LeakFrame) -> Bool {
    frame.symbol.map(AllocatorFunctions.contains) ?? false
  }
}

/// How a group's objects compare with an earlier report.
package struct BaselineDelta: Hashable, Sendable {
  package internal(set) var new: Int64 = 0
  package internal(set) var newBytes: Int64 = 0
  package internal(set) var still: Int64 = 0
}
