package import KmemParsers

/// What follows the kernel's allocations: a program in the kernel, or events of tracefs.
///
/// Both sum alike, so that one rule judges both.
package protocol TraceEngine: AnyObject {
  /// Begins to trace.
  ///
  /// - Throws: `TracerError` if an event can't be had.
  func begin() throws(TracerError)
  /// Says which window goes on.
  func enter(window: Int)
  /// Ends tracing, so that what is read stands still; more than once does no harm.
  func end()
  /// Whether frees by kfree_rcu() are seen.
  var seesDelayedFrees: Bool { get }
  /// Events counted so far.
  var counts: EventCounts { get }
  /// Nanoseconds of a processor that tracing took so far, as far as that is measured.
  var time: Int64 { get }
  /// Begins or ends to measure the time; false if that can't be.
  func measure(_ isOn: Bool) -> Bool
  /// All sums.
  var sums: [RawSum] { get }
  /// The caches, or sizes of kmalloc, that were allocated from.
  var caches: [SeenCache] { get }
}

/// Sums of one stack, with addresses for frames and a key for the cache.
package struct RawSum {
  /// The frames' addresses, the innermost first.
  package let stack: [UInt64]
  /// The key of the cache among those that were seen; 0 for other kinds, and where it isn't known.
  package let cache: UInt64
  /// The sums, without frames and without the cache's name.
  package let sum: TraceRecord.Sum
}
