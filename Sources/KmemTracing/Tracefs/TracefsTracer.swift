internal import Glibc
internal import KmemParsers
internal import Synchronization
internal import SystemPackage

/// Follows allocations by tracefs, where programs of BPF aren't to be had: events go to a buffer of our
/// own, and a thread pairs them here.
///
/// Only samples can be followed on a busy machine: what isn't read in time is lost, and counted.
package final class TracefsTracer: TraceEngine {
  private let instance: TracefsInstance
  private let target: TraceTarget
  private let isCounting: Bool
  private let events: [TracefsEvents.Event]
  private let reader: TracefsReader
  package private(set) var seesDelayedFrees = false
  private var probes: [String] = []

  /// Makes the buffer; `counts` only counts events, and keeps nothing.
  ///
  /// - Throws: `TracerError` with the reason why tracefs can't do it.
  package init(
    _ target: TraceTarget, room: Tracer.Room, counts: Bool = false
  ) throws(TracerError) {
    (self.target, isCounting) = (target, counts)
    instance = try TracefsInstance()
    var decoder = AllocationEvents(processors: instance.processors.count)
    events = try TracefsEvents(target, isCounting: counts).found(in: instance, &decoder)
    guard let layout = instance.layout else {
      throw .unreadableFormat("events/header_page")
    }
    guard let stack = instance.format("ftrace/kernel_stack"), decoder.add(.stack, stack) else {
      throw .noEvent("ftrace/kernel_stack")
    }
    // Windows and order go by one clock for all processors.
    try instance.write("boot", to: "trace_clock")
    try instance.write("\(Self.kilobytes)", to: "buffer_size_kb")
    if !counts { Self.addProbes(target, instance, &decoder, &probes) }
    reader = TracefsReader(instance, layout, decoder, room: room, pid: target.pid, counts: counts)
    seesDelayedFrees = probes.contains("rcu")
  }

  deinit { end() }

  /// Kilobytes of the buffer for each processor: four MiB, and all together at most a hundredth of memory.
  private static var kilobytes: Int {
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * (Int(getpagesize()) / 1024)
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_CONF)))
    return min(4096, max(64, memory / 100 / processors))
  }

  /// Begins to trace.
  ///
  /// - Throws: `TracerError` if the kernel refuses a filter or an event.
  package func begin() throws(TracerError) {
    for event in events {
      if let filter = event.filter { try instance.write(filter, to: "events/\(event.path)/filter") }
      if event.isAllocation, !isCounting {
        let condition = event.filter.map { " if \($0)" } ?? ""
        try instance.write("stacktrace\(condition)", to: "events/\(event.path)/trigger")
      }
    }
    if !isCounting { reader.start() }
    for probe in probes { try instance.enableProbe(probe) }
    for event in events { try instance.enable(event.path) }
  }

  /// Says which window goes on.
  package func enter(window: Int) { reader.turn() }

  /// Ends tracing, reads what is left, and removes the buffer.
  package func end() {
    guard !isEnded else { return }
    isEnded = true
    for event in events.reversed() {
      try? instance.write("0", to: "events/\(event.path)/enable")
    }
    try? instance.write("0", to: "tracing_on")
    reader.finish()
    instance.remove()
  }

  private var isEnded = false

  /// Nanoseconds of a processor that reading took; what events cost where they arise isn't measured.
  package var time: Int64 { reader.time }

  package func measure(_ isOn: Bool) -> Bool { true }

  /// All sums.
  package var sums: [RawSum] { reader.sums(sampling: target.sampling) }

  /// The caches by their names; where events are only counted, how often they were allocated from.
  package var caches: [SeenCache] {
    isCounting ? reader.counted(target) : reader.named
  }

  /// Events counted so far.
  package var counts: EventCounts { isCounting ? reader.totals : reader.counts }

  /// Probes of functions whose frees have no event, where the kernel has probes.
  private static func addProbes(
    _ target: TraceTarget, _ instance: TracefsInstance, _ decoder: inout AllocationEvents,
    _ probes: inout [String]
  ) {
    guard !target.kinds.isDisjoint(with: [.kmalloc, .cache]) else { return }
    let objects = (0..<AllocationEvents.bulk).map { "object\($0)=+\($0 * 8)($arg3):x64" }
    let wanted: [(AllocationEvents.Source, String, [String], String)] = [
      (
        .freeByRCU, "rcu", ["kvfree_call_rcu", "kfree_call_rcu"], "first=$arg1:x64 second=$arg2:x64"
      ),
      (
        .freeInBulk, "bulk", ["kmem_cache_free_bulk"],
        (["number=$arg2:x64"] + objects).joined(separator: " ")
      ),
    ]
    for (source, name, functions, arguments) in wanted {
      guard let format = Self.first(of: functions, { instance.addProbe(name, $0, arguments) })
      else { continue }
      if decoder.add(source, format) { probes.append(name) }
    }
  }

  /// What is made of the first function of which something can be made.
  ///
  /// A lazy collection's `first` asks twice, and a probe that is there is refused the second time.
  private static func first<Made>(of functions: [String], _ make: (String) -> Made?) -> Made? {
    for function in functions {
      if let made = make(function) { return made }
    }
    return nil
  }
}
